import type { Calendar, TimeWindow } from "#contracts/interval.ts";
import { utcMinute } from "#contracts/utc-minute.ts";
import type { EventBacktest } from "#quant/backtest/event-engine.ts";
import {
  alignMarketBars,
  type InstrumentSeries,
  type MarketBars,
} from "#quant/backtest/market-bars.ts";
import type { PositionSizing } from "#quant/backtest/position-sizing.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { seenPeriodsPerYear } from "#quant/performance/seen-periods-per-year.ts";
import { barsPerSession } from "#quant/series/bars-per-session.ts";
import { lowerBound } from "#quant/series/lower-bound.ts";
import { axisCalendar } from "#quant/series/market-calendar.ts";
import type { StrategyInput } from "./strategy-input.ts";

/** What the traded bars say of a year: when they are there, and the median bars of a trading day, 1 without any. */
export type TradedSessions = { readonly calendar: Calendar; readonly bars: number };

/** Bars of all instruments on one axis, and where on it the periods lie; `To` is the bar after the last. */
export type StrategyMarket = {
  readonly bars: MarketBars;
  /** Bars inside the bars, of the same instruments. */
  readonly finer: EventBacktest["finer"];
  readonly formationFrom: number;
  readonly formationTo: number;
  readonly tradingFrom: number;
  readonly sessions: TradedSessions;
  /** By the traded bars: for the figures alone, which are of these bars. */
  readonly periodsPerYear: number;
};

/** What a sizing is made of. */
type SizingTerms = Pick<StrategyInput, "sizing" | "pricedAt" | "intervalMs" | "calendar">;

/** A fill after a signal needs a second bar. */
const TRADING_BARS_MIN = 2;

/**
 * Lays the bars of a run on one axis.
 *
 * @throws {InvalidInputError} a price or volume that cannot be, named with its instrument; a period with too
 *   few bars
 */
export function strategyMarket(input: StrategyInput): StrategyMarket {
  const bars = aligned(input);
  const { openTimeMs } = bars;
  const [formationFrom, formationTo] = placesOf(openTimeMs, input.formation);
  const [tradingFrom] = placesOf(openTimeMs, input.trading);
  const traded = openTimeMs.subarray(tradingFrom);
  if (traded.length < TRADING_BARS_MIN) {
    throw new InvalidInputError(
      "too-short",
      `The trading period has ${barCount(traded.length)}, at least ${TRADING_BARS_MIN} are needed`,
    );
  }
  return {
    bars,
    finer:
      input.finer === null
        ? null
        : {
            bars: alignMarketBars(input.finer.series),
            intervalMs: input.intervalMs,
            partMs: input.finer.intervalMs,
          },
    formationFrom,
    formationTo,
    tradingFrom,
    sessions: {
      calendar: axisCalendar(traded, input.calendar),
      bars: barsPerSession(traded) ?? 1,
    },
    periodsPerYear: seenPeriodsPerYear(traded, input),
  };
}

/** @throws {InvalidInputError} an instrument has no price in the trading period */
export function requireTradingPrices(
  { bars, tradingFrom }: StrategyMarket,
  symbols: readonly string[],
): void {
  for (const [place, { close }] of bars.instruments.entries()) {
    if (!close.subarray(tradingFrom).every(Number.isNaN)) continue;
    throw new InvalidInputError("too-short", `${symbols[place]} has no bars in the trading period`);
  }
}

/**
 * The sizing as the engine has it. Bars of a year are those that were known before trading began: sizes must
 * not depend on how long the sessions of later days are.
 *
 * @param openTimeMs of the bars before trading
 */
export function sizingOf(
  { sizing, pricedAt, ...terms }: SizingTerms,
  openTimeMs: Float64Array,
): PositionSizing {
  const rule =
    sizing.kind === "volatility-target"
      ? { ...sizing, barsPerYear: seenPeriodsPerYear(openTimeMs, terms) }
      : sizing;
  return { rule, pricedAt };
}

function aligned({ series, symbols }: StrategyInput): MarketBars {
  for (const [place, one] of series.entries()) requireSound(one, symbols[place] ?? "");
  return alignMarketBars(series);
}

/** The check of alignMarketBars, one instrument at a time, in words for whoever knows symbols. */
function requireSound(series: InstrumentSeries, symbol: string): void {
  if (series.openTimeMs.length === 0) return;
  try {
    alignMarketBars([series]);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const message = error.message
      .replace(/^instrument \d+: /, `${symbol}: `)
      .replace(/at (\d+) ms$/, (_, ms: string) => `of ${utcMinute(Number(ms))}`)
      .replace("of the bar of", "in the bar of");
    throw new InvalidInputError(error.code, message);
  }
}

function placesOf(openTimeMs: Float64Array, window: TimeWindow): readonly [number, number] {
  return [lowerBound(openTimeMs, window.startMs), lowerBound(openTimeMs, window.endMs)];
}

function barCount(bars: number): string {
  return bars === 1 ? "1 bar" : `${bars} bars`;
}
