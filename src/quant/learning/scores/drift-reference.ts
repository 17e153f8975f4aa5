import { InvalidInputError } from "../../invalid-input-error.ts";
import { quantileOfSorted } from "../../rolling/quantile-of-sorted.ts";
import { mean } from "../../stats/mean.ts";
import { requireSeries } from "../../stats/require-series.ts";
import { type FeatureTable, requireTable } from "../training-data.ts";
import { longRunMoments } from "./long-run-moments.ts";

/** How a feature was spread when the model was trained. */
export type FeatureReference = {
  readonly name: string;
  /** Ascending; bin i holds edges[i − 1] < value ≤ edges[i], the first and the last bin are open. */
  readonly edges: readonly number[];
  /** Rows of each bin, one more than edges, then those whose value is missing. */
  readonly counts: readonly number[];
};

/** How the model lost on rows that it was not trained on. */
export type LossReference = {
  readonly mean: number;
  /** Long-run variance of a row: that of the mean times rows; 0 where the losses do not vary. */
  readonly variance: number;
  readonly rows: number;
};

/** What a live model is compared with: plain numbers that a model card keeps. */
export type DriftReference = {
  readonly kind: "drift-reference";
  readonly version: 1;
  readonly rows: number;
  readonly features: readonly FeatureReference[];
  /** Null where no losses out of sample are known. */
  readonly loss: LossReference | null;
};

/** How a reference is taken. */
export type DriftReferenceOptions = {
  /** Losses out of sample, one a bar, oldest first; null: none are known. */
  readonly losses: Float64Array | null;
  /** Bars ahead that are forecast, ≥ 1. */
  readonly horizonBars: number;
  /** Bins of each feature, 2 … 50; 10 unless told. */
  readonly bins?: number;
};

const BINS_MAX = 50;

/** Of fewer losses neither their mean nor their variance is known. */
const LOSS_ROWS_MIN = 30;

/**
 * Drift reference: how features and losses were spread when a model was trained.
 *
 * Features are binned at their quantiles, values that are missing in a bin of their own. Equal values are
 * never torn apart, so that there may be fewer bins; where the smallest value fills the first, what falls
 * below it has one of its own.
 *
 * @param table n ≥ 1 training rows, NaN where a value is missing
 * @param options losses out of sample, horizon, bins
 * @returns plain data
 * @throws {InvalidInputError} "too-short": no rows; "length-mismatch"; "not-finite": a feature is infinite or
 *   a loss is not finite; "out-of-range": an option
 *
 * Cost: O(columns · n log n). Losses below 30, or below four horizons, are not taken.
 */
export function driftReference(
  table: FeatureTable,
  { losses, horizonBars, bins = 10 }: DriftReferenceOptions,
): DriftReference {
  if (table.rowCount === 0) throw new InvalidInputError("too-short", "there are no rows");
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= BINS_MAX)) {
    throw new InvalidInputError(
      "out-of-range",
      `bins must be a whole number from 2 to ${BINS_MAX}`,
    );
  }
  if (!(Number.isInteger(horizonBars) && horizonBars >= 1)) {
    throw new InvalidInputError("out-of-range", "the horizon must be a whole number of at least 1");
  }
  requireTable(table, { missing: true });
  const features = table.columns.map((column, j) => {
    const edges = binEdges(column, bins);
    return { name: table.names[j]!, edges, counts: binCounts(column, edges) };
  });
  return {
    kind: "drift-reference",
    version: 1,
    rows: table.rowCount,
    features,
    loss: losses === null ? null : lossReference(losses, horizonBars),
  };
}

/**
 * Rows in the bins of a feature.
 *
 * @param values NaN where missing
 * @param edges ascending
 * @returns rows of each bin, one more than edges, then those whose value is missing
 *
 * Cost: O(n log edges).
 */
export function binCounts(values: Float64Array, edges: readonly number[]): readonly number[] {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    counts[Number.isNaN(value) ? edges.length + 1 : binOf(edges, value)]! += 1;
  }
  return counts;
}

/** How many edges lie below the value. */
function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function binEdges(column: Float64Array, bins: number): readonly number[] {
  const ascending = column.filter((value) => !Number.isNaN(value)).sort();
  if (ascending.length === 0) return [];
  const edges: number[] = [];
  const smallest = ascending[0]!;
  for (let i = 1; i < bins; i++) {
    const edge = quantileOfSorted(ascending, i / bins);
    if (edges.length === 0 && edge === smallest) edges.push(justBelow(smallest));
    if (edges.length === 0 || edge > edges.at(-1)!) edges.push(edge);
  }
  return edges;
}

function justBelow(value: number): number {
  return value - Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
}

function lossReference(losses: Float64Array, horizonBars: number): LossReference | null {
  requireSeries(losses, { name: "losses", lengthMin: 0 });
  if (losses.length < Math.max(LOSS_ROWS_MIN, 4 * horizonBars)) return null;
  const magnitude = mean(losses.map(Math.abs));
  const moments = longRunMoments(losses, { horizonRows: horizonBars, magnitude });
  return { mean: moments.mean, variance: moments.variance, rows: losses.length };
}
