import { leastSquares } from "../../linalg/least-squares.ts";
import { nestedLeastSquares } from "../../linalg/nested-least-squares.ts";
import { addBlockMoments, addBlockProducts, setBlockScores } from "./block-sums.ts";
import { choleskySolution, inverseDiagonal } from "./cholesky-solution.ts";
import { BLOCK_ROWS, type StandardisedBlocks } from "./standardised-blocks.ts";

/**
 * Smallest share of a feature that the earlier ones may leave of it when moments are solved; with one
 * refinement they are then as good as reflections. Below, reflections are what is left.
 */
const PIVOT_SHARE_MIN = 1e-10;

/** A regression on standardised features. */
export type WeightedRegression = {
  readonly blocks: StandardisedBlocks;
  /** One a row. */
  readonly target: Float64Array;
  /** One a varying feature, then 0 for the intercept. */
  readonly penalties: Float64Array;
  readonly onProgress: ((share: number) => void) | null;
};

/** What came of it; `column` is the varying feature that is a combination of the earlier ones. */
export type WeightedFit =
  | {
      readonly kind: "solved";
      /** One a varying feature, then the intercept. */
      readonly solution: Float64Array;
      /** Largest of all, ≥ 1; 1 without features. */
      readonly varianceInflationMax: number;
    }
  | { readonly kind: "collinear"; readonly column: number };

/**
 * Weighted regression with a price on each coefficient.
 *
 * min Σ wᵢ (yᵢ − a − xᵢ b)² + Σ penaltyⱼ bⱼ². The moments are solved by Cholesky and the solution is
 * refined once on its own residuals; features that nearly depend on each other go through
 * Householder reflections instead.
 *
 * @param regression see WeightedRegression
 * @returns the solution, or the feature that made it impossible
 *
 * Cost: O(n k² / 2), four times that by reflections. Source: Björck (1987), corrected seminormal
 * equations, for what the refinement gives back.
 */
export function weightedRegression(regression: WeightedRegression): WeightedFit {
  const { blocks, target } = regression;
  const centred = new Float64Array(blocks.weights.length);
  let sum = 0;
  for (let i = 0; i < target.length; i++) sum += blocks.weights[i]! * target[i]!;
  const mean = sum / blocks.weightTotal;
  for (let i = 0; i < target.length; i++) centred[i] = target[i]! - mean;
  const fit = solvedMoments(regression, centred) ?? solvedByReflections(regression, centred);
  if (fit.kind === "solved") fit.solution[blocks.features.length]! += mean;
  return fit;
}

/** Null when the moments have lost the digits of an answer. */
function solvedMoments(regression: WeightedRegression, target: Float64Array): WeightedFit | null {
  const { blocks, penalties, onProgress } = regression;
  const n = penalties.length;
  const moments = new Float64Array(blocks.width * blocks.width);
  for (let block = 0; block < blocks.blockCount; block++) {
    const from = block * BLOCK_ROWS;
    addBlockMoments(moments, blocks, block, blocks.weights.subarray(from, from + BLOCK_ROWS));
    onProgress?.((block + 1) / blocks.blockCount);
  }
  const system = new Float64Array(n * n);
  const fill = (): void => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) system[i * n + j] = moments[j * blocks.width + i]!;
      system[i * n + i]! += penalties[i]!;
    }
  };
  fill();
  const own = Float64Array.from({ length: n }, (_, i) => system[i * n + i]!);
  const solution = residualProducts(regression, target, new Float64Array(n));
  if (!choleskySolution(system, solution, PIVOT_SHARE_MIN)) return null;
  const inverse = inverseDiagonal(system, n);
  const correction = residualProducts(regression, target, solution);
  fill();
  choleskySolution(system, correction, PIVOT_SHARE_MIN);
  for (let i = 0; i < n; i++) solution[i]! += correction[i]!;
  const varianceInflationMax = inverse
    .subarray(0, n - 1)
    .reduce((largest, value, i) => Math.max(largest, value * own[i]!), 1);
  return { kind: "solved", solution, varianceInflationMax };
}

/** Xᵀ W (y − X b) − penalty · b: zero at the solution. */
function residualProducts(
  { blocks, penalties }: WeightedRegression,
  target: Float64Array,
  solution: Float64Array,
): Float64Array {
  const products = new Float64Array(penalties.length);
  const scores = new Float64Array(target.length);
  const residuals = new Float64Array(BLOCK_ROWS);
  for (let block = 0; block < blocks.blockCount; block++) {
    setBlockScores(scores, blocks, block, solution);
    const from = block * BLOCK_ROWS;
    for (let r = 0; r < BLOCK_ROWS; r++) {
      residuals[r] = blocks.weights[from + r]! * (target[from + r]! - scores[from + r]!);
    }
    addBlockProducts(products, blocks, block, residuals);
  }
  for (let i = 0; i < products.length; i++) products[i]! -= penalties[i]! * solution[i]!;
  return products;
}

/** The intercept of centred features and a centred target is zero. */
function solvedByReflections(regression: WeightedRegression, target: Float64Array): WeightedFit {
  const { features } = regression.blocks;
  const system = reflectionSystem(regression, target);
  const fit = leastSquares(system.columns, system.target);
  if (fit === null) {
    const again = reflectionSystem(regression, target);
    const { lengths } = nestedLeastSquares(again.columns, again.target);
    return { kind: "collinear", column: lengths.indexOf(0) };
  }
  const k = features.length;
  const solution = new Float64Array(k + 1);
  solution.set(fit.coefficients);
  const { weightTotal } = regression.blocks;
  let varianceInflationMax = 1;
  for (let c = 0; c < k; c++) {
    // A standardised feature has the sum of squares of its weights.
    const own = weightTotal + regression.penalties[c]!;
    varianceInflationMax = Math.max(varianceInflationMax, fit.inverseMoments[c * k + c]! * own);
  }
  return { kind: "solved", solution, varianceInflationMax };
}

/** Rows times the roots of their weights, and one more row a coefficient: it should be zero. */
function reflectionSystem(
  { blocks, penalties }: WeightedRegression,
  target: Float64Array,
): { readonly columns: Float64Array[]; readonly target: Float64Array } {
  const { values, width, features } = blocks;
  const n = target.length;
  const k = features.length;
  const roots = blocks.weights.map(Math.sqrt);
  const columns = Array.from(features, (_, c) => {
    const column = new Float64Array(n + k);
    for (let i = 0; i < n; i++) {
      const block = Math.floor(i / BLOCK_ROWS);
      const place = (block * width + c) * BLOCK_ROWS + (i - block * BLOCK_ROWS);
      column[i] = roots[i]! * values[place]!;
    }
    column[n + c] = Math.sqrt(penalties[c]!);
    return column;
  });
  const weighted = new Float64Array(n + k);
  for (let i = 0; i < n; i++) weighted[i] = roots[i]! * target[i]!;
  return { columns, target: weighted };
}
