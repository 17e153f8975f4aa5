import { InvalidInputError } from "../../invalid-input-error.ts";
import { mean } from "../../stats/mean.ts";
import { requireAlignedSeries } from "../../stats/require-series.ts";
import { type DieboldMariano, dieboldMariano, dieboldMarianoRowsMin } from "./diebold-mariano.ts";
import { meanLossScore } from "./row-score.ts";
import { scoreIntervals } from "./score-intervals.ts";

/** Losses of a model or a baseline on some rows, one a row, oldest first. */
export type NamedLosses = { readonly name: string; readonly losses: Float64Array };

/** How evidence is gathered; the same options give the same numbers to the bit. */
export type EvidenceOptions = {
  /** Bars ahead that were forecast, ≥ 1; one row a bar. */
  readonly horizonBars: number;
  /** Whole number in [0, 2³²). */
  readonly seed: number;
  /** Level of a one-sided test, in (0, ½); 0.05 unless told. */
  readonly level?: number;
  /** Redrawn records, 100 … 10,000; 1,000 unless told. */
  readonly replications?: number;
  /** Called with the share done, in [0, 1]; throws to cancel. */
  readonly onProgress?: (share: number) => void;
};

/** What the losses of a model and of a baseline on the same rows say of both. */
export type LossEvidence = {
  readonly baselineName: string;
  readonly rows: number;
  readonly modelLoss: number;
  readonly baselineLoss: number;
  /** Mean loss of the model − that of the baseline: below 0 the model is better. */
  readonly difference: number;
  /** Difference as a fraction of the baseline's loss; null where that is 0. */
  readonly relativeDifference: number | null;
  /** Null below the rows that it needs. */
  readonly test: DieboldMariano | null;
  /** Of the difference, confidence 1 − 2 · level; null where the differences do not vary or rows lack. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  readonly level: number;
};

/** Level of a test unless told. */
export const VERDICT_LEVEL = 0.05;

/**
 * Loss evidence: whether a model loses less than a baseline on the same rows, by a test and by an interval
 * that were come by in different ways.
 *
 * The test is dieboldMariano, the interval the stationary bootstrap of the mean difference.
 *
 * @param model its losses on rows that it was not trained on, one a bar, finite
 * @param baseline its losses on the same rows; of several pairs see meanLossesByTime
 * @param options horizon, seed, level
 * @returns see LossEvidence
 * @throws {InvalidInputError} "length-mismatch", "too-short": no rows; "not-finite"; "out-of-range": an
 *   option
 *
 * Cost: O(replications · n).
 */
export function lossEvidence(
  model: Float64Array,
  baseline: NamedLosses,
  options: EvidenceOptions,
): LossEvidence {
  const { horizonBars, seed, level = VERDICT_LEVEL, replications, onProgress } = options;
  if (!(level > 0 && level < 0.5)) {
    throw new InvalidInputError("out-of-range", "the level must lie between 0 and ½");
  }
  requireAlignedSeries(model, baseline.losses, 1, ["model losses", "baseline losses"]);
  const rows = model.length;
  const modelLoss = mean(model);
  const baselineLoss = mean(baseline.losses);
  const differences = model.map((loss, i) => loss - baseline.losses[i]!);
  const test =
    rows < dieboldMarianoRowsMin(horizonBars)
      ? null
      : dieboldMariano(model, baseline.losses, { horizonRows: horizonBars });
  const difference = test?.meanDifference ?? mean(differences);
  const evidence = {
    baselineName: baseline.name,
    rows,
    modelLoss,
    baselineLoss,
    difference,
    relativeDifference: baselineLoss === 0 ? null : difference / baselineLoss,
    test,
    level,
  };
  if (test?.kind !== "tested") return { ...evidence, interval: null };
  const drawn = scoreIntervals([meanLossScore(differences)], {
    seed,
    confidence: 1 - 2 * level,
    horizonRows: horizonBars,
    ...(replications === undefined ? {} : { replications }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const interval = drawn.kind === "intervals" ? drawn.scores[0]! : null;
  return {
    ...evidence,
    interval: interval === null ? null : { lower: interval.lower, upper: interval.upper },
  };
}
