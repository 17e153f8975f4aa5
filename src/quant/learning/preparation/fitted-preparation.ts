import { InvalidInputError } from "../../invalid-input-error.ts";
import { type FeatureTable, requireTable } from "../training-data.ts";
import { fittedStep } from "./fitted-step.ts";
import type { FittedStep, PreparationStep } from "./preparation-step.ts";
import { stepTable } from "./step-table.ts";
import { varyingColumns } from "./varying-columns.ts";

/** A feature that says nothing on the training rows, and is left out. */
export type DroppedFeature = {
  readonly name: string;
  /** All values equal, or none at all. */
  readonly reason: "constant" | "missing";
  /** The step after which it said nothing; null: it came so. */
  readonly after: PreparationStep["kind"] | null;
};

/** Steps with the numbers that they took from the training rows: plain data. */
export type FittedPreparation = {
  readonly kind: "preparation";
  /** Features that go in, in this order. */
  readonly inputNames: readonly string[];
  /** Features that come out. */
  readonly outputNames: readonly string[];
  readonly steps: readonly FittedStep[];
  readonly dropped: readonly DroppedFeature[];
};

/**
 * Fits a preparation on the rows of a training, and on nothing else.
 *
 * Each step takes its numbers from what the steps before made of those rows. A feature that is
 * constant there, as it comes or after a step, is dropped and named. One that is constant but for
 * missing values is kept as long as they are missing: where they are says something.
 *
 * @param steps in their order; none only drops
 * @param table the training rows alone; NaN is a missing value
 * @param onProgress told the share done; throws to cancel
 * @returns the numbers of the steps, and what was dropped; see FittedPreparation
 * @throws {InvalidInputError} "too-short": no rows, fewer than 2 for components; "length-mismatch";
 *   "not-finite": ±Infinity, or missing values that come to principal components; "out-of-range": a
 *   quantile, a count or a share; "constant": no feature is left
 *
 * Cost: O(rows · columns · log rows) a step by quantiles, O(rows · columns²) for components.
 * Convention: matches scikit-learn SimpleImputer, StandardScaler, RobustScaler, MinMaxScaler and PCA.
 * Checked: golden/clustering.json.
 */
export function fitPreparation(
  steps: readonly PreparationStep[],
  table: FeatureTable,
  onProgress?: (share: number) => void,
): FittedPreparation {
  if (table.rowCount === 0) throw new InvalidInputError("too-short", "there are no rows");
  requireTable(table, { missing: true });
  const fitted: FittedStep[] = [];
  const dropped: DroppedFeature[] = [];
  let current = table;
  const drop = (after: DroppedFeature["after"]): void => {
    const { columns, left } = varyingColumns(current);
    if (left.length === 0) return;
    dropped.push(...left.map((column) => ({ ...column, after })));
    if (columns.length === 0) {
      throw new InvalidInputError("constant", "no feature varies on the training rows");
    }
    const step: FittedStep = { kind: "select", columns };
    fitted.push(step);
    current = stepTable(step, current);
  };
  drop(null);
  steps.forEach((step, i) => {
    const own = fittedStep(step, current, (share) => onProgress?.((i + share) / steps.length));
    fitted.push(own);
    current = stepTable(own, current);
    drop(step.kind);
  });
  onProgress?.(1);
  return {
    kind: "preparation",
    inputNames: table.names,
    outputNames: current.names,
    steps: fitted,
    dropped,
  };
}

/**
 * Rows as a fitted preparation makes them: each from itself and the fitted numbers only.
 *
 * @param fitted of fitPreparation
 * @param table rows with the features of the training, in their order; NaN is a missing value
 * @returns the prepared rows; NaN where a value is missing and no step imputes
 * @throws {InvalidInputError} "length-mismatch": other features, or the same in another order, or a
 *   column of another length; "not-finite": ±Infinity
 *
 * Cost: O(rows · columns), O(rows · columns · components) with components.
 */
export function prepared(fitted: FittedPreparation, table: FeatureTable): FeatureTable {
  const { inputNames, steps } = fitted;
  const isSame =
    table.names.length === inputNames.length &&
    table.names.every((name, j) => name === inputNames[j]);
  if (!isSame) {
    throw new InvalidInputError(
      "length-mismatch",
      `the preparation is for the features ${inputNames.join(", ")}`,
    );
  }
  requireTable(table, { missing: true });
  return steps.reduce((current, step) => stepTable(step, current), table);
}
