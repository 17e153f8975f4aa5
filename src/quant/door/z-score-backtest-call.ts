import { type PairBacktest, pairBacktest } from "../backtest/pair-backtest.ts";
import type { PairBacktestConfig, TimeWindow } from "../backtest/pair-backtest-config.ts";
import type { PairTrade, TradeLeg } from "../backtest/pair-trade.ts";
import { performanceSummary } from "../performance/performance-summary.ts";
import { periodsPerYear } from "../performance/periods-per-year.ts";
import type { Candles } from "../series/candles.ts";
import { type ArgumentsOf, group, isRecord, optional } from "./arguments.ts";
import { type DoorCall, type DoorResult, doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { number, oneOf } from "./readers.ts";
import { series } from "./series-readers.ts";

const PRICES = optional(series, undefined);
const LEG_GROUP = group({ open: PRICES, close: PRICES, opens: PRICES, closes: PRICES });

type Leg = { readonly open: Float64Array | undefined; readonly close: Float64Array };

/** Prices of a leg, in the singular or in the plural. */
function leg(value: unknown, name: string): Leg {
  const { open, opens, close, closes } = LEG_GROUP(value, name);
  if (open !== undefined && opens !== undefined) throw givenTwice(`${name}.opens`, "open");
  if (close !== undefined && closes !== undefined) throw givenTwice(`${name}.closes`, "close");
  const prices = close ?? closes;
  if (prices === undefined) throw new DoorError("bad-argument", `${name}.close is missing`);
  return { open: open ?? opens, close: prices };
}

function givenTwice(name: string, other: string): DoorError {
  return new DoorError("bad-argument", `${name} is given twice, as ${other} too`);
}

/** A day: what a bar is unless told. */
const INTERVAL_MS = 86_400_000;

const READERS = {
  y: leg,
  x: leg,
  formation: range,
  trading: range,
  kind: optional(oneOf("z-score-reversion"), "z-score-reversion"),
  hedgeRatio: optional(oneOf("formation"), "formation"),
  intervalMs: optional(number, INTERVAL_MS),
  zScoreWindowBars: number,
  entryZScore: number,
  exitZScore: optional(number, 0),
  stopZScore: optional(number, null),
  holdingMaxBars: optional(number, null),
  notional: number,
  initialEquity: number,
  feeBps: optional(number, 0),
  slippageBps: optional(number, 0),
  periodsPerYear: optional(number, undefined),
} as const;

const FLAT_CALL = doorCall(READERS, backtestResult);

/**
 * The backtest of the z-score strategy. Bars are counted, not dated: bar i opens at i · intervalMs.
 * The strategy's fields stand beside the series or in `configuration`.
 */
export const Z_SCORE_BACKTEST_CALL: DoorCall = {
  ...FLAT_CALL,
  answer: (args) => FLAT_CALL.answer(flattened(args)),
};

function flattened(args: unknown): unknown {
  if (!isRecord(args) || !isRecord(args["configuration"])) return args;
  // Which instruments a stored strategy is of changes nothing: the prices stand beside it.
  const { instrumentY: _, instrumentX: __, ...configuration } = args["configuration"];
  const { configuration: ___, ...beside } = args;
  const twice = Object.keys(configuration).find((name) => Object.hasOwn(beside, name));
  if (twice === undefined) return { ...beside, ...configuration };
  throw new DoorError("bad-argument", `${twice} is given twice, in configuration and beside it`);
}

/** Bars from a start that belongs to it to an end that does not. */
type BarRange = { readonly start: number; readonly end: number };

const RANGE = group({ start: number, end: number });

/** { start, end } or [start, end]. */
function range(value: unknown, name: string): BarRange {
  if (!Array.isArray(value)) return requireRange(RANGE(value, name), name);
  const [start, end, ...rest] = series(value, name);
  if (start === undefined || end === undefined || rest.length > 0) {
    throw new DoorError("bad-argument", `${name} must be a range: start, end`);
  }
  return requireRange({ start, end }, name);
}

function requireRange(bars: BarRange, name: string): BarRange {
  const { start, end } = bars;
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end) return bars;
  throw new DoorError(
    "bad-argument",
    `${name} must be a range of bars: 0 ≤ start < end, whole numbers`,
  );
}

function backtestResult(args: ArgumentsOf<typeof READERS>): DoorResult {
  const { y, x, formation, trading, periodsPerYear: year, kind: _, hedgeRatio: __, ...own } = args;
  if (trading.end > y.close.length) {
    throw new DoorError(
      "too-short",
      `trading ends before bar ${trading.end}, but there are ${y.close.length} bars`,
    );
  }
  const { intervalMs } = own;
  const config: PairBacktestConfig = {
    ...own,
    formation: windowOf(formation, intervalMs),
    trading: windowOf(trading, intervalMs),
  };
  const bars = y.close.length;
  const result = pairBacktest(
    candlesOf(y, { name: "y", bars, intervalMs }),
    candlesOf(x, { name: "x", bars, intervalMs }),
    config,
  );
  // Nothing asks for the cancellation of a call.
  if (result.kind === "cancelled") return {};
  return reportOf(result, config, year ?? periodsPerYear(intervalMs, "continuous"));
}

function windowOf({ start, end }: BarRange, intervalMs: number): TimeWindow {
  return { startMs: start * intervalMs, endMs: end * intervalMs };
}

function candlesOf(
  { open, close }: Leg,
  { name, bars, intervalMs }: { name: string; bars: number; intervalMs: number },
): Candles {
  for (const prices of [open ?? close, close]) {
    if (prices.length === bars) continue;
    throw new DoorError("length-mismatch", `${name} has ${prices.length} prices for ${bars} bars`);
  }
  return { openTimeMs: close.map((_, i) => i * intervalMs), open: open ?? null, close };
}

function reportOf(
  result: Extract<PairBacktest, { readonly kind: "finished" }>,
  config: PairBacktestConfig,
  barsPerYear: number,
): DoorResult {
  const { series: lines, trades, formation, costs, fillConvention, warnings } = result;
  const { metrics, undefinedReasons } = performanceSummary({
    equity: lines.equity,
    initialEquity: config.initialEquity,
    trades,
    periodsPerYear: barsPerYear,
  });
  const reason = Object.entries(undefinedReasons)
    .map(([name, why]) => `${nameAtTheDoor(name)}: ${why}`)
    .join("; ");
  const figures = Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [nameAtTheDoor(name), value]),
  );
  const { intercept, hedgeRatio, rSquared } = formation;
  return {
    trades: trades.map((trade) => tradeResult(trade, config.intervalMs)),
    equity: lines.equity,
    metrics: reason === "" ? figures : { ...figures, reason },
    formation: { intercept, hedgeRatio, rSquared },
    spread: lines.spread,
    zScore: lines.zScore,
    drawdown: lines.drawdown,
    position: lines.position,
    costs,
    fillConvention,
    warnings: warnings.map(({ code }) => code),
  };
}

/** The call `performance` has the same figure under its shorter name. */
function nameAtTheDoor(metric: string): string {
  return metric === "annualisedVolatility" ? "volatility" : metric;
}

function tradeResult(trade: PairTrade, intervalMs: number): DoorResult {
  const barOf = (timeMs: number): number => Math.round(timeMs / intervalMs);
  const { entrySignalTimeMs, entryFillTimeMs, exitSignalTimeMs, exitFillTimeMs, ...rest } = trade;
  const { legY, legX, ...whole } = rest;
  return {
    entrySignalBar: barOf(entrySignalTimeMs),
    entryBar: barOf(entryFillTimeMs),
    exitSignalBar: barOf(exitSignalTimeMs),
    exitBar: barOf(exitFillTimeMs),
    ...whole,
    ...legFields(legY, "Y"),
    ...legFields(legX, "X"),
  };
}

/** The names of a stored trade. */
function legFields(leg: TradeLeg, name: "Y" | "X"): DoorResult {
  return {
    [`quantity${name}`]: leg.quantity,
    [`entryPrice${name}`]: leg.entryPrice,
    [`exitPrice${name}`]: leg.exitPrice,
    [`pnl${name}`]: leg.grossPnl,
    [`fees${name}`]: leg.fees,
    [`slippageCost${name}`]: leg.slippageCost,
  };
}
