import { type EventBacktest, runEventEngine } from "#quant/backtest/event-engine.ts";
import type { InstrumentCosts } from "#quant/backtest/instrument-costs.ts";
import { type MarketBars, marketBarsBetween } from "#quant/backtest/market-bars.ts";
import {
  createPairSweep,
  type PairSweep,
  sweepObstacle,
  sweepSeenFrom,
} from "#quant/backtest/pair-sweep.ts";
import type { AccountRules } from "#quant/backtest/portfolio-rules.ts";
import type { PositionSizing } from "#quant/backtest/position-sizing.ts";
import type { ProtectionRule } from "#quant/backtest/protection-rule.ts";
import { runPairSweep } from "#quant/backtest/run-pair-sweep.ts";
import type { ParameterValues } from "#quant/optimisation/parameter-space.ts";
import { returnBlocks } from "#quant/optimisation/return-blocks.ts";
import { tallyEventRun } from "#quant/optimisation/tally-event-run.ts";
import type { TrialColumns } from "#quant/optimisation/trial-columns.ts";
import {
  createTrialTally,
  resetTrialTally,
  type TrialTally,
  tallyFlat,
  writeTrialFigures,
} from "#quant/optimisation/trial-tally.ts";
import { riskFreeRatePerPeriod } from "#quant/performance/risk-free-rate.ts";
import { firstSeenBar } from "#quant/strategies/first-seen-bar.ts";
import { readConfig } from "#quant/strategies/parameter-values.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { type ZScoreStrategyConfig, zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { fitBooks, openStrategyOf, type RunPlaces, tradedBooks } from "./strategy-books.ts";

/** A backtest as trials repeat it: all but the configuration of the strategy. */
export type TrialSetting = {
  readonly kind: StrategyKind;
  readonly bars: MarketBars;
  readonly places: RunPlaces;
  readonly books: readonly (readonly number[])[];
  readonly costs: readonly InstrumentCosts[];
  readonly sizing: PositionSizing;
  readonly rules: AccountRules;
  readonly protection: ProtectionRule | null;
  readonly finer: EventBacktest["finer"];
  readonly periodsPerYear: number;
  readonly riskFreeRateAnnual: number;
};

/** Runs configurations one after the other. */
export type TrialRunner = {
  /** Whether trials take the fast path; they are the same to 1e-9 either way. */
  readonly isFast: boolean;
  /**
   * Runs one configuration.
   *
   * @param values valid
   * @returns equity after each traded bar: used again by the next run
   */
  readonly run: (values: ParameterValues) => Float64Array;
  /** Writes the figures of the last run into a row. */
  readonly write: (columns: TrialColumns, row: number) => void;
};

/** Warm-ups differ by configuration; the pairs of so many of them are kept ready. */
const SWEEPS_MAX = 32;

/** A runner for a setting: by the sweep where that covers it, else by the event engine. */
export function createTrialRunner(setting: TrialSetting): TrialRunner {
  const { bars, places, rules, periodsPerYear, riskFreeRateAnnual } = setting;
  const tradedBars = bars.openTimeMs.length - places.tradingFrom;
  const tally = createTrialTally(
    {
      initialEquity: rules.initialCash,
      riskFreeRatePerPeriod: riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear),
    },
    returnBlocks(tradedBars),
  );
  const sweeps = sweepsOf(setting);
  const run =
    sweeps === null
      ? (values: ParameterValues) => runByEngine(setting, values, tally)
      : (values: ParameterValues) => runBySweep(setting, values, { tally, sweeps });
  return {
    isFast: sweeps !== null,
    run,
    write: (columns, row) => writeTrialFigures(columns, row, tally, periodsPerYear),
  };
}

/** Pairs ready to be swept, by the first bar that their strategy sees. */
type Sweeps = {
  readonly kept: Map<number, PairSweep>;
  /** All bars: sizes by volatility look back before the first bar that a strategy sees. */
  readonly whole: PairSweep;
};

function sweepsOf(setting: TrialSetting): Sweeps | null {
  const { kind, bars, places, books, costs, sizing, rules } = setting;
  const [pair, ...others] = books;
  // Nothing acts inside the bars of a sweep.
  if (setting.protection !== null) return null;
  if (kind !== "z-score-reversion" || pair === undefined || others.length > 0) return null;
  const legs = { ...bars, instruments: pair.flatMap((place) => bars.instruments[place] ?? []) };
  const formation = marketBarsBetween(legs, places.formationFrom, places.formationTo);
  const input = {
    bars: legs,
    costs: pair.flatMap((place) => costs[place] ?? []),
    sizing,
    rules,
    tradingStartBar: places.tradingFrom,
    formation,
  };
  return sweepObstacle(input) === null ? { kept: new Map(), whole: createPairSweep(input) } : null;
}

function runBySweep(
  { places }: TrialSetting,
  values: ParameterValues,
  { tally, sweeps }: { readonly tally: TrialTally; readonly sweeps: Sweeps },
): Float64Array {
  const config = zScoreConfig(values);
  const { kind } = zScoreStrategy;
  const warmUpBars = zScoreStrategy.warmUpBars(config);
  const fromBar = firstSeenBar({ kind, warmUpBars }, places.tradingFrom);
  const { kept } = sweeps;
  let sweep = kept.get(fromBar);
  if (sweep === undefined) {
    sweep = sweepSeenFrom(sweeps.whole, fromBar);
    const [oldest] = kept.keys();
    if (kept.size >= SWEEPS_MAX && oldest !== undefined) kept.delete(oldest);
    kept.set(fromBar, sweep);
  }
  runPairSweep(sweep, config, tally);
  return sweep.equity.subarray(places.tradingFrom);
}

function zScoreConfig(values: ParameterValues): ZScoreStrategyConfig {
  const reading = readConfig(zScoreStrategy, values);
  if (reading.kind === "refused") throw new Error("Invariant: a trial is a configuration");
  return reading.config;
}

function runByEngine(
  setting: TrialSetting,
  values: ParameterValues,
  tally: TrialTally,
): Float64Array {
  const { kind, bars, places, books, costs, rules, sizing, protection, finer } = setting;
  const strategy = { kind, parameters: { ...values }, books, gate: null };
  const fitted = fitBooks(strategy, bars, places);
  const fromBar = firstSeenBar(openStrategyOf(strategy), places.tradingFrom);
  const run = runEventEngine({
    bars,
    finer,
    costs,
    books: tradedBooks(fitted, { sizing, protection, fromBar, beginsWithGap: false }).map(
      (book) => ({
        ...book,
        figureNames: [],
      }),
    ),
    rules,
    tradingStartBar: places.tradingFrom,
    isClosedAtEnd: true,
  });
  if (run === null) throw new Error("Invariant: a run without hooks is not cancelled");
  const tradedBars = bars.openTimeMs.length - places.tradingFrom;
  if (run.trades.length === 0) {
    resetTrialTally(tally);
    tallyFlat(tally, tradedBars);
  } else {
    tallyEventRun(tally, run, places.tradingFrom);
  }
  return run.equity.subarray(places.tradingFrom);
}
