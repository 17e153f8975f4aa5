import type { BacktestOverfitting } from "../performance/backtest-overfitting.ts";
import { deflatedSharpeRatio } from "../performance/deflated-sharpe-ratio.ts";
import { minimumTrackRecord } from "../performance/minimum-track-record.ts";
import { probabilisticSharpeRatio } from "../performance/probabilistic-sharpe-ratio.ts";
import type { SharpeSample } from "../performance/sharpe-sample.ts";
import { blockOverfitting } from "./block-overfitting.ts";
import type { TrialColumns } from "./trial-columns.ts";
import { joinTrialMemories, type TrialMemory, trialMemory } from "./trial-memory.ts";

/** What a panel is made of. */
export type OverfittingInput = {
  readonly columns: TrialColumns;
  /** Trials that were run: rows 0 … trials − 1. */
  readonly trials: number;
  /** Row of the trial that was chosen. */
  readonly chosen: number;
  /** Bars of a year, by which Sharpe ratios were annualised. */
  readonly periodsPerYear: number;
  /** What was tried on the same data before this search; NO_TRIALS when nothing was. */
  readonly earlier: TrialMemory;
};

/** Why a figure of a panel has no value. */
export type OverfittingReason =
  | "no-sharpe"
  | "no-distribution"
  | "too-few-trials"
  | "too-few-bars"
  | "not-above-benchmark";

/** How much of a search may be luck. Sharpe ratios are a year, but where `PerBar` says otherwise. */
export type OverfittingPanel = {
  /** Of this search, of earlier ones, and both: what the bar is set by. */
  readonly trials: number;
  readonly earlierTrials: number;
  readonly trialsInAll: number;
  readonly sharpeRatio: number | null;
  /** How sure it is that the Sharpe ratio is above 0, as if it had been the only trial. */
  readonly probabilisticSharpe: number | null;
  /** How sure it is that it is above what the best of so many trials without skill would show. */
  readonly deflatedSharpe: number | null;
  /** That bar. */
  readonly expectedMaximum: number | null;
  /** Sample variance of the trials' Sharpe ratios per bar. */
  readonly trialsVariancePerBar: number | null;
  /** Bars that it takes to be 95 % sure of a Sharpe ratio above 0, and above the bar. */
  readonly trackRecordBars: number | null;
  readonly deflatedTrackRecordBars: number | null;
  readonly bars: number;
  /** Probability of backtest overfitting, with its company. */
  readonly overfitting: BacktestOverfitting | null;
  /** One for each that is null. */
  readonly reasons: Readonly<Partial<Record<OverfittingFigure, OverfittingReason>>>;
};

export type OverfittingFigure =
  | "sharpeRatio"
  | "probabilisticSharpe"
  | "deflatedSharpe"
  | "expectedMaximum"
  | "trialsVariancePerBar"
  | "trackRecordBars"
  | "deflatedTrackRecordBars"
  | "overfitting";

/**
 * Over-fitting panel: what the chosen trial is worth after all that was tried to find it.
 *
 * N of the deflated Sharpe ratio is every trial of this search, those without trades too, and every
 * earlier one on the same data. V is the sample variance (divisor one less) of the Sharpe ratios per bar
 * of all of them that have one, earlier ones pooled in by their memory. Trials next to each other are
 * alike, so N is more than the number of independent ones, and the bar rather too high than too low.
 *
 * @param input the trials and the chosen one
 * @returns see OverfittingPanel
 *
 * Cost: that of blockOverfitting.
 */
export function overfittingPanel(input: OverfittingInput): OverfittingPanel {
  const { columns, trials, periodsPerYear, earlier } = input;
  const memory = joinTrialMemories(earlier, trialMemory(columns, trials, periodsPerYear));
  const variance = memory.measured < 2 ? null : memory.sharpeSquares / (memory.measured - 1);
  const sample = sampleOf(input);
  const yearly = Math.sqrt(periodsPerYear);
  const deflated =
    sample === null || variance === null
      ? null
      : deflatedSharpeRatio(sample, { trials: memory.trials, trialsVariance: variance });
  const hasBlocks = columns.blocks.count > 0;
  const figures: Pick<OverfittingPanel, OverfittingFigure> = {
    sharpeRatio: sample === null ? null : sample.sharpe * yearly,
    probabilisticSharpe: sample === null ? null : probabilisticSharpeRatio(sample),
    deflatedSharpe: deflated?.value ?? null,
    expectedMaximum: deflated === null ? null : deflated.expectedMaximum * yearly,
    trialsVariancePerBar: variance,
    trackRecordBars: sample === null ? null : minimumTrackRecord(sample),
    deflatedTrackRecordBars:
      sample === null || deflated === null
        ? null
        : minimumTrackRecord(sample, { benchmarkSharpe: deflated.expectedMaximum }),
    overfitting: trials < 2 || !hasBlocks ? null : blockOverfitting(columns, trials),
  };
  return {
    trials,
    earlierTrials: earlier.trials,
    trialsInAll: memory.trials,
    bars: columns.layout.bars,
    ...figures,
    reasons: reasonsOf(figures, sample, trials),
  };
}

/** The chosen Sharpe ratio per bar with its moments; null where the returns do not vary. */
function sampleOf({ columns, chosen, periodsPerYear }: OverfittingInput): SharpeSample | null {
  const { figures, moments, layout } = columns;
  const sharpe = figures.sharpeRatio[chosen]! / Math.sqrt(periodsPerYear);
  const skewness = moments.skewness[chosen]!;
  const kurtosis = moments.kurtosis[chosen]!;
  return Number.isNaN(sharpe + skewness + kurtosis)
    ? null
    : { sharpe, skewness, kurtosis, observations: layout.bars };
}

function reasonsOf(
  figures: Pick<OverfittingPanel, OverfittingFigure>,
  sample: SharpeSample | null,
  trials: number,
): OverfittingPanel["reasons"] {
  const noVariance = figures.trialsVariancePerBar === null;
  const ofSample = sample === null ? "no-sharpe" : "no-distribution";
  const ofTrials = noVariance && sample !== null ? "too-few-trials" : ofSample;
  const isBelow = (benchmark: number): boolean =>
    figures.sharpeRatio !== null && figures.sharpeRatio <= benchmark;
  const reasons: Record<OverfittingFigure, OverfittingReason> = {
    sharpeRatio: "no-sharpe",
    probabilisticSharpe: ofSample,
    deflatedSharpe: ofTrials,
    expectedMaximum: ofTrials,
    trialsVariancePerBar: "too-few-trials",
    trackRecordBars: isBelow(0) ? "not-above-benchmark" : ofSample,
    deflatedTrackRecordBars:
      figures.expectedMaximum !== null && isBelow(figures.expectedMaximum)
        ? "not-above-benchmark"
        : ofTrials,
    overfitting: trials < 2 ? "too-few-trials" : "too-few-bars",
  };
  const missing = Object.entries(reasons).filter(
    ([figure]) => figures[figure as OverfittingFigure] === null,
  );
  return Object.fromEntries(missing);
}
