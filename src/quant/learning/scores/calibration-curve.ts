import { InvalidInputError } from "../../invalid-input-error.ts";
import { quantileOfSorted } from "../../rolling/quantile-of-sorted.ts";
import {
  type ClassPredictions,
  classProbabilities,
  requireClassPredictions,
} from "./class-predictions.ts";

/** What came of what was said, in bins of probability that hold a row; aligned, ascending. */
export type CalibrationCurve = {
  /** Mean probability that was said in the bin. */
  readonly meanPredicted: Float64Array;
  /** Share of its rows that were of the class. */
  readonly shareOfClass: Float64Array;
  readonly counts: Float64Array;
  /** Expected calibration error: the mean distance of both, each bin weighing as many rows as it has. */
  readonly expectedError: number;
};

/** How probabilities are binned. */
export type CalibrationOptions = {
  /** The class that is asked about; 1 unless told. */
  readonly positive?: number;
  /** 2 … 100; 10 unless told. */
  readonly bins?: number;
  /** Bins of equal width, or of about equal numbers of rows; "uniform" unless told. */
  readonly binning?: "uniform" | "quantile";
};

const BINS_MAX = 100;

/**
 * Calibration curve: whether what is said to happen in 70 % of the cases does so in 70 %.
 *
 * A probability at the edge of two bins is in the lower one. Bins without a row are left out.
 *
 * @param predictions n ≥ 1 rows
 * @param options class, number and kind of bins
 * @returns the curve; its error is biased upward where bins hold few rows
 * @throws {InvalidInputError} as requireClassPredictions; "out-of-range": an option
 *
 * Cost: O(n log n). Convention: matches sklearn.calibration.calibration_curve.
 * Source: Naeini, Cooper, Hauskrecht (2015) for the error. Checked: golden/classification.json.
 */
export function calibrationCurve(
  predictions: ClassPredictions,
  { positive = 1, bins = 10, binning = "uniform" }: CalibrationOptions = {},
): CalibrationCurve {
  requireClassPredictions(predictions);
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= BINS_MAX)) {
    throw new InvalidInputError(
      "out-of-range",
      `bins must be a whole number from 2 to ${BINS_MAX}`,
    );
  }
  const said = classProbabilities(predictions, positive);
  const edges = binning === "uniform" ? uniformEdges(bins) : quantileEdges(said, bins);
  const counts = new Float64Array(bins);
  const saidSums = new Float64Array(bins);
  const cameSums = new Float64Array(bins);
  for (let i = 0; i < said.length; i++) {
    const bin = binOf(edges, said[i]!);
    counts[bin]! += 1;
    saidSums[bin]! += said[i]!;
    if (predictions.actual[i] === positive) cameSums[bin]! += 1;
  }
  let distance = 0;
  for (let b = 0; b < bins; b++) distance += Math.abs(saidSums[b]! - cameSums[b]!);
  const share = (sums: Float64Array) => sums.map((sum, b) => sum / counts[b]!);
  const ofFullBins = (values: Float64Array) => values.filter((_, b) => counts[b]! > 0);
  return {
    meanPredicted: ofFullBins(share(saidSums)),
    shareOfClass: ofFullBins(share(cameSums)),
    counts: ofFullBins(counts),
    expectedError: distance / said.length,
  };
}

/** Inner edges; multiples of the rounded width, as numpy.linspace has them. */
function uniformEdges(bins: number): Float64Array {
  const width = 1 / bins;
  return Float64Array.from({ length: bins - 1 }, (_, i) => (i + 1) * width);
}

function quantileEdges(values: Float64Array, bins: number): Float64Array {
  const ascending = values.slice().sort();
  return Float64Array.from({ length: bins - 1 }, (_, i) =>
    quantileOfSorted(ascending, (i + 1) / bins),
  );
}

/** How many edges lie below the value. */
function binOf(edges: Float64Array, value: number): number {
  let bin = 0;
  while (bin < edges.length && edges[bin]! < value) bin += 1;
  return bin;
}
