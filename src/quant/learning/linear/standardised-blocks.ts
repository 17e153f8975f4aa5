import { InvalidInputError } from "../../invalid-input-error.ts";
import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import type { FeatureTable } from "../training-data.ts";

/** Rows of a block: few enough that forty columns of them stay in a core's own cache. */
export const BLOCK_ROWS = 256;

/** Features on a common scale, cut into blocks of rows, with a column of ones for the intercept. */
export type StandardisedBlocks = {
  /** Value of row r of block b in column c stands at (b · width + c) · BLOCK_ROWS + r. */
  readonly values: Float64Array;
  readonly blockCount: number;
  /** Columns of a block: the features that vary, the ones, and zeros if that would be an odd number. */
  readonly width: number;
  /** One a row, and zeros to the end of the last block. */
  readonly weights: Float64Array;
  readonly weightTotal: number;
  /** Which features vary, ascending. */
  readonly features: Int32Array;
  /** Weighted means of those. */
  readonly means: Float64Array;
  /** Their weighted standard deviations. */
  readonly scales: Float64Array;
};

/**
 * Standardised blocks: features as the solvers of linear models want them.
 *
 * (x − mean) / std, weighted. A model that has an intercept without a price is the same one in these
 * coordinates, once the price of each coefficient is divided by std²; and prices of 30,000 ± 5 keep
 * their digits. Columns that stand side by side a block at a time are read from the cache.
 *
 * @param table n ≥ 1 rows, finite
 * @param weights one a row, ≥ 0, not all 0; null: all 1
 * @returns the blocks, and how they were made; see StandardisedBlocks
 * @throws {InvalidInputError} "out-of-range": a feature whose squares exceed the largest number
 *
 * Cost: O(rows · columns).
 */
export function standardisedBlocks(
  table: FeatureTable,
  weights: Float64Array | null,
): StandardisedBlocks {
  const { rowCount } = table;
  const blockCount = Math.ceil(rowCount / BLOCK_ROWS);
  const padded = new Float64Array(blockCount * BLOCK_ROWS);
  if (weights === null) padded.fill(1, 0, rowCount);
  else padded.set(weights);
  let weightTotal = 0;
  for (let i = 0; i < rowCount; i++) weightTotal += padded[i]!;
  const scaled = table.columns.map((column) => weightedScale(column, padded, weightTotal));
  const varying = scaled.flatMap(({ deviation }, j) => (deviation === 0 ? [] : [j]));
  for (const j of varying) {
    if (Number.isFinite(scaled[j]!.deviation)) continue;
    throw new InvalidInputError("out-of-range", `the feature "${table.names[j]}" is too large`);
  }
  const features = Int32Array.from(varying);
  const means = Float64Array.from(features, (j) => scaled[j]!.mean);
  const scales = Float64Array.from(features, (j) => scaled[j]!.deviation);
  // Even, so that the kernels take columns by twos.
  const width = (features.length + 2) & ~1;
  const values = new Float64Array(blockCount * width * BLOCK_ROWS);
  for (let i = 0; i < rowCount; i++) {
    values[placeOf(i, features.length, width)] = 1;
  }
  features.forEach((j, c) => {
    const column = table.columns[j]!;
    const mean = means[c]!;
    const scale = scales[c]!;
    for (let i = 0; i < rowCount; i++) values[placeOf(i, c, width)] = (column[i]! - mean) / scale;
  });
  return { values, blockCount, width, weights: padded, weightTotal, features, means, scales };
}

/**
 * Prices of the coefficients of standardised features that are equal to one price on those of the
 * features as they are.
 *
 * @param blocks whose features
 * @param penalty price of the square of a coefficient
 * @returns one a varying feature, then 0: the intercept is free
 */
export function standardisedPenalties(
  { scales }: StandardisedBlocks,
  penalty: number,
): Float64Array {
  return Float64Array.of(...scales.map((scale) => penalty / (scale * scale)), 0);
}

function placeOf(row: number, column: number, width: number): number {
  const block = Math.floor(row / BLOCK_ROWS);
  return (block * width + column) * BLOCK_ROWS + (row - block * BLOCK_ROWS);
}

/** Deviation 0 says that the column does not vary where it has a weight. */
function weightedScale(
  column: Float64Array,
  weights: Float64Array,
  weightTotal: number,
): { readonly mean: number; readonly deviation: number } {
  const n = column.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += weights[i]! * column[i]!;
  const first = sum / weightTotal;
  let rest = 0;
  for (let i = 0; i < n; i++) rest += weights[i]! * (column[i]! - first);
  const mean = first + rest / weightTotal;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += weights[i]! * (column[i]! - mean) ** 2;
  const isConstant = Number.isFinite(squares) && isRoundingNoise(squares, weightTotal, mean);
  return { mean, deviation: isConstant ? 0 : Math.sqrt(squares / weightTotal) };
}
