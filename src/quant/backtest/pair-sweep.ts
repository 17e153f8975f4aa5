import { assert } from "../assert.ts";
import type { PairLineFit } from "../strategies/pair-line.ts";
import type { FitOutcome, FormationBars } from "../strategies/strategy.ts";
import { type ZScoreStrategyConfig, zScoreStrategy } from "../strategies/z-score-strategy.ts";
import type { InstrumentCosts } from "./instrument-costs.ts";
import type { MarketBars } from "./market-bars.ts";
import type { AccountRules } from "./portfolio-rules.ts";
import type { PositionSizing } from "./position-sizing.ts";
import { type SweepPrices, sweepPrices } from "./sweep-prices.ts";
import { entryBars } from "./sweep-reversion.ts";
import { type SweepLine, type SweepSignals, sweepLine, sweepSignals } from "./sweep-signals.ts";

/** A backtest of one pair as a sweep repeats it: all but the configuration of the strategy. */
export type PairSweepInput = {
  /** Two instruments, leg Y first; the run closes at the last bar what is open. */
  readonly bars: MarketBars;
  /** One an instrument. */
  readonly costs: readonly InstrumentCosts[];
  readonly sizing: PositionSizing;
  readonly rules: AccountRules;
  readonly tradingStartBar: number;
  /** What the strategy learns from before. */
  readonly formation: FormationBars;
};

/** Why a backtest is for the event engine. */
export type SweepObstacle =
  | "not-a-pair"
  | "gap"
  | "delisted"
  | "volume-share"
  | "margin"
  | "too-short";

/** A pair made ready; lines and z-scores are kept for the configurations to come. */
export type PairSweep = {
  readonly input: PairSweepInput;
  /** The first bar that the strategy sees: bars before it tell the volatility of sizes, and nothing else. */
  readonly strategyStartBar: number;
  readonly legY: SweepPrices;
  readonly legX: SweepPrices;
  readonly isFilledAtClose: boolean;
  readonly fits: Map<string, FitOutcome<PairLineFit>>;
  readonly lines: Map<string, SweepLine>;
  readonly signals: Map<string, SweepSignals>;
  readonly entryBars: Map<string, Int32Array>;
  /** After each close, of the configuration that was run last. */
  readonly equity: Float64Array;
};

/** Series that are kept of each kind: those of a few windows, 8 bytes a bar each. */
const KEPT_MAX = 64;

/**
 * What keeps a backtest of zScoreStrategy from the fast path.
 *
 * The path covers every configuration of that strategy, all hedge ratios and both z-scores among them,
 * with fees, bps and half-spread slippage, lots, ticks, funding, borrow, dividends, every sizing and a
 * limit of gross exposure, on one pair whose legs both have every bar. Not covered: gaps and delistings
 * (fills wait), slippage by volume (fills are parts), margin (every close may liquidate). Protective
 * prices, finer bars and other pairs of the account do not arise: the strategy sets none, and it is alone.
 *
 * @param input all but the configuration
 * @returns the obstacle, or null: runPairSweep may be used, and equals runEventEngine
 *
 * Cost: O(n).
 */
export function sweepObstacle(input: PairSweepInput): SweepObstacle | null {
  const { bars, costs, rules, tradingStartBar } = input;
  if (bars.instruments.length !== 2 || costs.length !== 2) return "not-a-pair";
  if (bars.openTimeMs.length - tradingStartBar < 2) return "too-short";
  if (bars.instruments.some(({ delistedFromBar }) => delistedFromBar !== null)) return "delisted";
  const isWhole = bars.instruments.every(
    ({ close, open, isCloseOnly }) => isPriced(close) && (isCloseOnly || isPriced(open)),
  );
  if (!isWhole) return "gap";
  if (costs.some(({ slippage }) => slippage.kind === "volume-share")) return "volume-share";
  return rules.margin === null ? null : "margin";
}

/** Whether the fast path covers a backtest; see sweepObstacle. */
export function isSweepable(input: PairSweepInput): boolean {
  return sweepObstacle(input) === null;
}

/**
 * A pair made ready for many configurations, whose strategy sees every bar.
 *
 * @param input sweepable, with costs, sizing and rules that the event engine accepts
 *
 * Cost: O(n).
 */
export function createPairSweep(input: PairSweepInput): PairSweep {
  assert(isSweepable(input), "only what isSweepable is swept");
  return {
    ...pricesOf(input),
    ...unseen(),
    strategyStartBar: 0,
    fits: new Map(),
    equity: new Float64Array(input.bars.openTimeMs.length),
  };
}

/**
 * The same pair at other costs; lines and z-scores are shared.
 *
 * @param sweep the pair
 * @param costs one an instrument, sweepable too
 */
export function sweepAtCosts(sweep: PairSweep, costs: readonly InstrumentCosts[]): PairSweep {
  const input = { ...sweep.input, costs };
  assert(isSweepable(input), "only what isSweepable is swept");
  return { ...sweep, ...pricesOf(input) };
}

/**
 * The same pair before a strategy that begins at a bar, as in a run whose account knows earlier bars than its
 * strategy does; prices and fits are shared.
 *
 * @param sweep the pair
 * @param strategyStartBar the first bar that the strategy sees
 */
export function sweepSeenFrom(sweep: PairSweep, strategyStartBar: number): PairSweep {
  return { ...sweep, ...unseen(), strategyStartBar };
}

function unseen(): Pick<PairSweep, "lines" | "signals" | "entryBars"> {
  return { lines: new Map(), signals: new Map(), entryBars: new Map() };
}

function pricesOf(
  input: PairSweepInput,
): Pick<PairSweep, "input" | "legY" | "legX" | "isFilledAtClose"> {
  const { bars, costs } = input;
  const isFilledAtClose = bars.instruments.some(({ isCloseOnly }) => isCloseOnly);
  const [legY, legX] = bars.instruments.map((instrument, i) =>
    sweepPrices(bars.openTimeMs, instrument, { costs: costs[i]!, isFilledAtClose }),
  );
  assert(legY !== undefined && legX !== undefined, "a pair has two legs");
  return { input, legY, legX, isFilledAtClose };
}

/**
 * What the strategy sees with a configuration.
 *
 * @param sweep keeps it
 * @param config valid
 * @returns the signals, or why the formation teaches nothing
 */
export function signalsOf(
  sweep: PairSweep,
  config: ZScoreStrategyConfig,
): FitOutcome<SweepSignals> {
  const { fits, lines, signals, input, strategyStartBar: fromBar } = sweep;
  const fit = kept(fits, fitKey(config), () => zScoreStrategy.fit(config, input.formation));
  if (fit.kind === "refused") return fit;
  return {
    kind: "fitted",
    fit: kept(signals, signalsKey(config), () => {
      const line = kept(lines, lineKey(config), () =>
        sweepLine(config, fit.fit, { bars: input.bars, fromBar }),
      );
      return sweepSignals(line, config);
    }),
  };
}

/**
 * Where a configuration may enter; see entryBars.
 *
 * @param sweep keeps it
 * @param config valid
 * @param signals of the configuration
 */
export function entryBarsOf(
  sweep: PairSweep,
  config: ZScoreStrategyConfig,
  { zScore }: SweepSignals,
): Int32Array {
  const { entryZScore } = config;
  const key = `${signalsKey(config)} ${entryZScore}`;
  return kept(sweep.entryBars, key, () => entryBars(zScore, entryZScore));
}

function signalsKey(config: ZScoreStrategyConfig): string {
  const { zScoreMethod, zScoreWindowBars } = config;
  return `${lineKey(config)} ${zScoreMethod === "window" ? zScoreWindowBars : zScoreMethod}`;
}

function fitKey({ prices, hedgeMethod }: ZScoreStrategyConfig): string {
  return `${prices} ${hedgeMethod}`;
}

function lineKey(config: ZScoreStrategyConfig): string {
  const { hedgeMethod, hedgeWindowBars, kalmanDelta, kalmanObservationVariance } = config;
  switch (hedgeMethod) {
    case "formation":
      return fitKey(config);
    case "rolling":
      return `${fitKey(config)} ${hedgeWindowBars}`;
    case "kalman":
      return `${fitKey(config)} ${kalmanDelta} ${kalmanObservationVariance}`;
  }
}

/** The oldest goes when there is no room: a grid counts its first axes slowest. */
function kept<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const known = values.get(key);
  if (known !== undefined) return known;
  const value = make();
  const [oldest] = values.keys();
  if (values.size >= KEPT_MAX && oldest !== undefined) values.delete(oldest);
  values.set(key, value);
  return value;
}

function isPriced(prices: Float64Array): boolean {
  return prices.every((price) => price > 0 && price < Number.POSITIVE_INFINITY);
}
