import { InvalidInputError } from "../invalid-input-error.ts";
import { quantileOfSorted } from "../rolling/quantile-of-sorted.ts";
import { requireSeries } from "../stats/require-series.ts";

/** Counts between edges: bin i holds edges[i] ≤ value < edges[i + 1], the last bin its upper edge too. */
export type Histogram = {
  readonly edges: Float64Array;
  readonly counts: Float64Array;
};

/** More bars than this are a comb, not a shape. */
const BINS_MAX = 50;

/**
 * Histogram: how often values fall where, in bins of a round width of which one begins at 0.
 *
 * The width is that of Freedman and Diaconis, 2 · IQR / n^(1/3), or of Sturges where half of the values
 * are equal, and at least what `binsMax` bins need; rounded up to 1, 2 or 5 times a power of ten.
 * Every edge is a multiple of the width, so that no bin holds both gains and losses.
 *
 * @param values n ≥ 1 finite values, any order
 * @param options.binsMax most bins, ≥ 2; 50 unless told
 * @returns edges ascending, one more than counts; the counts add up to n
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": binsMax
 *
 * Cost: O(n log n). Source: Freedman and Diaconis (1981); Sturges (1926).
 */
export function histogram(
  values: Float64Array,
  options: { readonly binsMax?: number } = {},
): Histogram {
  const { binsMax = BINS_MAX } = options;
  requireSeries(values, { name: "values", lengthMin: 1 });
  if (!(Number.isInteger(binsMax) && binsMax >= 2)) {
    throw new InvalidInputError("out-of-range", "binsMax must be a whole number of at least 2");
  }
  const ascending = values.slice().sort();
  const width = binWidth(ascending, binsMax);
  const first = Math.floor(ascending[0]! / width);
  const bins = Math.max(1, Math.ceil(ascending.at(-1)! / width) - first);
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (first + i) * width);
  const counts = new Float64Array(bins);
  let bin = 0;
  for (const value of ascending) {
    while (bin < bins - 1 && value >= edges[bin + 1]!) bin += 1;
    counts[bin]! += 1;
  }
  return { edges, counts };
}

function binWidth(ascending: Float64Array, binsMax: number): number {
  const n = ascending.length;
  const low = ascending[0]!;
  const range = ascending[n - 1]! - low;
  // One value needs one bin; a bin as wide as the value is reads well and keeps 0 an edge.
  if (range === 0) return roundUp(Math.abs(low) || 1);
  const middle = quantileOfSorted(ascending, 0.75) - quantileOfSorted(ascending, 0.25);
  const wanted = middle > 0 ? (2 * middle) / Math.cbrt(n) : range / (Math.log2(n) + 1);
  // Two bins are kept for the ends, which edges at multiples of the width may cut.
  return roundUp(
    Math.max(
      wanted,
      range / Math.max(1, binsMax - 2),
      Math.abs(low) * 1e-9,
      Math.abs(low + range) * 1e-9,
    ),
  );
}

/** The next of 1, 2, 5 times a power of ten. */
function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const steps = [1, 2, 5, 10].map((step) => step * power);
  return steps.find((step) => step >= width) ?? 10 * power;
}
