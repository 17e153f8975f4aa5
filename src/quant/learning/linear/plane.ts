import { InvalidInputError } from "../../invalid-input-error.ts";
import { type FeatureTable, requireTable } from "../training-data.ts";
import type { StandardisedBlocks } from "./standardised-blocks.ts";

/** A linear function of features as they are, not standardised. */
export type Plane = {
  /** One a feature; 0 where the feature did not vary. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
};

/**
 * Plane of a solution in standardised coordinates.
 *
 * @param solution one coefficient a varying feature, then the intercept
 * @param blocks that it was found on
 * @param featureCount of the table, those that do not vary included
 * @returns the same plane for features as they are
 */
export function planeOf(
  solution: Float64Array,
  { features, means, scales }: StandardisedBlocks,
  featureCount: number,
): Plane {
  const coefficients = new Float64Array(featureCount);
  let intercept = solution[features.length]!;
  features.forEach((j, c) => {
    const coefficient = solution[c]! / scales[c]!;
    coefficients[j] = coefficient;
    intercept -= coefficient * means[c]!;
  });
  return { coefficients, intercept };
}

/**
 * Values of planes at rows.
 *
 * @param planes of equally many features
 * @param table n rows, finite
 * @returns a series for each plane: intercept + Σ coefficient · feature
 * @throws {InvalidInputError} "length-mismatch": the table has other features than the planes;
 *   "not-finite"
 *
 * Cost: O(planes · rows · columns).
 */
export function planeValues(planes: readonly Plane[], table: FeatureTable): Float64Array[] {
  requireTable(table, { missing: false });
  return planes.map(({ coefficients, intercept }) => {
    if (coefficients.length !== table.columns.length) {
      throw new InvalidInputError(
        "length-mismatch",
        `the model has ${coefficients.length} features, the rows have ${table.columns.length}`,
      );
    }
    const values = new Float64Array(table.rowCount).fill(intercept);
    table.columns.forEach((column, j) => {
      const coefficient = coefficients[j]!;
      for (let i = 0; i < values.length; i++) values[i]! += coefficient * column[i]!;
    });
    return values;
  });
}
