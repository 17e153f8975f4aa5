import { InvalidInputError } from "../../invalid-input-error.ts";
import {
  type FeatureTable,
  requireTrainingData,
  type TrainingData,
  type TrainingOptions,
} from "../training-data.ts";
import { type Plane, planeOf, planeValues } from "./plane.ts";
import { standardisedBlocks, standardisedPenalties } from "./standardised-blocks.ts";
import { weightedRegression } from "./weighted-regression.ts";

/** What a linear model is to be. */
export type LinearSettings = {
  /**
   * Price of the square of a coefficient, ≥ 0, in the unit of a sum of squares of a feature: alpha
   * of scikit-learn's Ridge. 0 is least squares.
   */
  readonly penalty: number;
};

/** A trained linear regression: plain data. */
export type LinearModel = Plane & {
  readonly kind: "linear";
  /**
   * How many times larger the variance of a coefficient is than it would be were the features at
   * right angles: the largest of all, ≥ 1. Above about 10 the coefficients cannot be read one by one;
   * predictions suffer only where the features part from each other as they did not in training.
   */
  readonly varianceInflationMax: number;
};

/**
 * Linear regression, by least squares or with a price on large coefficients (ridge).
 *
 * min Σ wᵢ (yᵢ − a − xᵢ b)² + penalty ‖b‖²; a is not penalised. A feature that does not vary has the
 * coefficient 0; without a penalty it is refused, as is one that is a combination of the others.
 *
 * @param data n rows without gaps, n > k unless penalised; the target is a real number
 * @param settings the penalty; see LinearSettings
 * @param options progress and cancel; the seed is not used
 * @returns the model
 * @throws {InvalidInputError} see requireTrainingData; "out-of-range": the penalty, a target of
 *   classes, a feature too large to be squared; without a penalty "too-short", "constant" or
 *   "collinear", with the name of the feature
 *
 * Cost: O(n k² / 2). Convention: matches scikit-learn LinearRegression and Ridge(alpha), also with
 * sample_weight. Source: Hoerl and Kennard (1970). Checked: golden/classification.json.
 */
export function trainLinear(
  data: TrainingData,
  settings: LinearSettings,
  options: TrainingOptions,
): LinearModel {
  const { penalty } = settings;
  if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY)) {
    throw new InvalidInputError("out-of-range", "the penalty must not be negative");
  }
  requireTrainingData(data, { missing: false });
  if (data.classCount !== 0) {
    throw new InvalidInputError(
      "out-of-range",
      "a linear regression predicts numbers, not classes",
    );
  }
  const { table, target } = data;
  const blocks = standardisedBlocks(table, data.weights);
  if (penalty === 0) requireDetermined(table, blocks.features, blocks.weights);
  const fit = weightedRegression({
    blocks,
    target,
    penalties: standardisedPenalties(blocks, penalty),
    onProgress: options.onProgress ?? null,
  });
  if (fit.kind === "collinear") {
    const name = table.names[blocks.features[fit.column]!];
    throw new InvalidInputError("collinear", `the feature "${name}" is a combination of others`);
  }
  return {
    kind: "linear",
    ...planeOf(fit.solution, blocks, table.columns.length),
    varianceInflationMax: fit.varianceInflationMax,
  };
}

/**
 * Predictions of a linear regression.
 *
 * @param model of trainLinear
 * @param table n rows without gaps, with the features of the training in their order
 * @returns one a row, in the unit of the target
 * @throws {InvalidInputError} "length-mismatch", "not-finite"
 *
 * Cost: O(n k).
 */
export function linearPredictions(model: LinearModel, table: FeatureTable): Float64Array {
  return planeValues([model], table)[0]!;
}

function requireDetermined(table: FeatureTable, features: Int32Array, weights: Float64Array): void {
  const constant = table.names.find((_, j) => !features.includes(j));
  if (constant !== undefined) {
    throw new InvalidInputError("constant", `the feature "${constant}" is constant`);
  }
  const rows = weights.reduce((count, weight) => (weight > 0 ? count + 1 : count), 0);
  if (rows <= features.length) {
    throw new InvalidInputError(
      "too-short",
      `${rows} rows do not determine ${features.length} coefficients and an intercept`,
    );
  }
}
