import { InvalidInputError } from "../../invalid-input-error.ts";
import { quantileOfSorted } from "../../rolling/quantile-of-sorted.ts";
import { mean } from "../../stats/mean.ts";
import type { FeatureTable } from "../training-data.ts";
import { fittedComponents } from "./fitted-components.ts";
import type { FittedStep, PreparationStep } from "./preparation-step.ts";
import { presentValues } from "./present-values.ts";

/**
 * One step of a preparation with the numbers that it takes from some rows. Missing values have no say.
 *
 * @param step what is to be done
 * @param table training rows as the steps before left them; every column has a value somewhere
 * @param onProgress told the share done
 * @returns the step with its numbers
 * @throws {InvalidInputError} "out-of-range": a setting; see fittedComponents
 *
 * Cost: O(rows · columns · log rows); see fittedComponents for the last.
 */
export function fittedStep(
  step: PreparationStep,
  table: FeatureTable,
  onProgress: (share: number) => void,
): FittedStep {
  const ofColumns = (number: (present: Float64Array) => number): Float64Array =>
    Float64Array.from(table.columns, (column, j) => {
      onProgress(j / table.columns.length);
      return number(presentValues(column));
    });
  switch (step.kind) {
    case "impute":
      return {
        kind: "fill",
        values: ofColumns(
          step.value === "mean" ? mean : (present) => quantilesOf(present, [0.5])[0]!,
        ),
        indicators: step.hasIndicator ? columnsWithMissing(table) : new Int32Array(0),
      };
    case "winsorise": {
      requireQuantiles(step.lower, step.upper);
      const bounds = quantilesOfColumns(table, [step.lower, step.upper], onProgress);
      return { kind: "clip", lower: bounds[0]!, upper: bounds[1]! };
    }
    case "standardise": {
      const centre = ofColumns(mean);
      const deviations = table.columns.map((column, j) =>
        deviation(presentValues(column), centre[j]!),
      );
      return { kind: "scale", centre, scale: Float64Array.from(deviations, orOne) };
    }
    case "robust-scale": {
      const quartiles = quantilesOfColumns(table, [0.25, 0.5, 0.75], onProgress);
      const [lower, middle, upper] = [quartiles[0]!, quartiles[1]!, quartiles[2]!];
      return { kind: "scale", centre: middle, scale: upper.map((q, j) => orOne(q - lower[j]!)) };
    }
    case "min-max": {
      const lowest = ofColumns((present) => present.reduce((a, b) => Math.min(a, b)));
      const highest = ofColumns((present) => present.reduce((a, b) => Math.max(a, b)));
      return {
        kind: "scale",
        centre: lowest,
        scale: highest.map((high, j) => orOne(high - lowest[j]!)),
      };
    }
    case "principal-components":
      return { kind: "rotate", ...fittedComponents(table, step.keep, onProgress) };
  }
}

/** A feature most of whose values are equal has no quartiles apart: it is centred, in its own unit. */
function orOne(scale: number): number {
  return scale === 0 ? 1 : scale;
}

function deviation(values: Float64Array, centre: number): number {
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / values.length);
}

/** A series for each share, one number a column. */
function quantilesOfColumns(
  table: FeatureTable,
  shares: readonly number[],
  onProgress: (share: number) => void,
): readonly Float64Array[] {
  const byColumn = table.columns.map((column, j) => {
    onProgress(j / table.columns.length);
    return quantilesOf(presentValues(column), shares);
  });
  return shares.map((_, k) => Float64Array.from(byColumn, (quantiles) => quantiles[k]!));
}

function quantilesOf(present: Float64Array, shares: readonly number[]): readonly number[] {
  const ascending = present.toSorted();
  return shares.map((share) => quantileOfSorted(ascending, share));
}

function columnsWithMissing({ columns }: FeatureTable): Int32Array {
  return Int32Array.from(columns.flatMap((column, j) => (column.some(Number.isNaN) ? [j] : [])));
}

function requireQuantiles(lower: number, upper: number): void {
  if (!(lower >= 0 && lower < upper && upper <= 1)) {
    throw new InvalidInputError("out-of-range", "quantiles must satisfy 0 ≤ lower < upper ≤ 1");
  }
}
