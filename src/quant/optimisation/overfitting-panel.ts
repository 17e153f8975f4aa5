import type { BacktestOverfitting } from "../performance/backtest-overfitting.ts";
import { deflatedSharpeRatio } from "../performance/deflated-sharpe-ratio.ts";
import { minimumTrackRecord } from "../performance/minimum-track-record.ts";
import { probabilisticSharpeRatio } from "../performance/probabilistic-sharpe-ratio.ts";
import type { SharpeSample } from "../performance/sharpe-sample.ts";
import { blockOverfitting } from "./block-overfitting.ts";
import type { TrialColumns } from "./trial-columns.ts";

/** What a panel is made of. */
export type OverfittingInput = {
  readonly columns: TrialColumns;
  /** Trials that were run: rows 0 … trials − 1. */
  readonly trials: number;
  /** Row of the trial that was chosen. */
  readonly chosen: number;
  /** Bars of a year, by which Sharpe ratios were annualised. */
  readonly periodsPerYear: number;
  /** How many runs and trials there were on the same data before this search. */
  readonly earlierTrials: number;
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
  /** What the trials' Sharpe ratios per bar are taken to vary by. */
  readonly trialsVariancePerBar: number;
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
  | "trackRecordBars"
  | "deflatedTrackRecordBars"
  | "overfitting";

/**
 * Over-fitting panel: what the chosen trial is worth after all that was tried to find it.
 *
 * N of the deflated Sharpe ratio is every trial of this search, those without trades too, and every
 * earlier one on the same data. V is the sample variance (divisor one less) of the Sharpe ratios per bar
 * of the trials of this search that have one, and no less than that of runs without skill, one over the bars:
 * few trials that are alike, round the winner of an earlier search, must not lower the bar. Trials next to
 * each other are alike, so N is more than the number of independent ones, and the bar rather too high than too
 * low.
 *
 * @param input the trials and the chosen one
 * @returns see OverfittingPanel
 *
 * Cost: that of blockOverfitting.
 */
export function overfittingPanel(input: OverfittingInput): OverfittingPanel {
  const { columns, trials, periodsPerYear, earlierTrials } = input;
  const trialsInAll = earlierTrials + trials;
  const trialsVariance = Math.max(sharpeVariancePerBar(input), 1 / columns.layout.bars);
  const sample = sampleOf(input);
  const yearly = Math.sqrt(periodsPerYear);
  const deflated =
    sample === null ? null : deflatedSharpeRatio(sample, { trials: trialsInAll, trialsVariance });
  const hasBlocks = columns.blocks.count > 0;
  const figures: Pick<OverfittingPanel, OverfittingFigure> = {
    sharpeRatio: sample === null ? null : sample.sharpe * yearly,
    probabilisticSharpe: sample === null ? null : probabilisticSharpeRatio(sample),
    deflatedSharpe: deflated?.value ?? null,
    expectedMaximum: deflated === null ? null : deflated.expectedMaximum * yearly,
    trackRecordBars: sample === null ? null : minimumTrackRecord(sample),
    deflatedTrackRecordBars:
      sample === null || deflated === null
        ? null
        : minimumTrackRecord(sample, { benchmarkSharpe: deflated.expectedMaximum }),
    overfitting: trials < 2 || !hasBlocks ? null : blockOverfitting(columns, trials),
  };
  return {
    trials,
    ...{ earlierTrials, trialsInAll, trialsVariancePerBar: trialsVariance },
    bars: columns.layout.bars,
    ...figures,
    reasons: reasonsOf(figures, sample, trials),
  };
}

/** Sample variance of the Sharpe ratios of the trials that have one; 0 of fewer than two. */
function sharpeVariancePerBar({ columns, trials, periodsPerYear }: OverfittingInput): number {
  const yearly = Math.sqrt(periodsPerYear);
  let measured = 0;
  let mean = 0;
  let squares = 0;
  for (let row = 0; row < trials; row++) {
    const sharpe = columns.figures.sharpeRatio[row]! / yearly;
    if (Number.isNaN(sharpe)) continue;
    measured++;
    const change = sharpe - mean;
    mean += change / measured;
    squares += change * (sharpe - mean);
  }
  return measured < 2 ? 0 : squares / (measured - 1);
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
  const ofSample = sample === null ? "no-sharpe" : "no-distribution";
  const isBelow = (benchmark: number): boolean =>
    figures.sharpeRatio !== null && figures.sharpeRatio <= benchmark;
  const reasons: Record<OverfittingFigure, OverfittingReason> = {
    sharpeRatio: "no-sharpe",
    probabilisticSharpe: ofSample,
    deflatedSharpe: ofSample,
    expectedMaximum: ofSample,
    trackRecordBars: isBelow(0) ? "not-above-benchmark" : ofSample,
    deflatedTrackRecordBars:
      figures.expectedMaximum !== null && isBelow(figures.expectedMaximum)
        ? "not-above-benchmark"
        : ofSample,
    overfitting: trials < 2 ? "too-few-trials" : "too-few-bars",
  };
  const missing = Object.entries(reasons).filter(
    ([figure]) => figures[figure as OverfittingFigure] === null,
  );
  return Object.fromEntries(missing);
}
