import type { FeatureTable } from "../training-data.ts";
import type { FittedStep } from "./preparation-step.ts";

/**
 * Table after one fitted step; every row from itself only.
 *
 * @param step with its numbers, one a column of the table
 * @param table NaN is a missing value, and stays one but in "fill"; left as it is
 * @returns the new table; columns that the step does not change are shared with the old one
 *
 * Cost: O(rows · columns), times the components of a rotation.
 */
export function stepTable(step: FittedStep, table: FeatureTable): FeatureTable {
  const { names, columns, rowCount } = table;
  switch (step.kind) {
    case "select": {
      const kept = Array.from(step.columns);
      return { names: kept.map((j) => names[j]!), columns: kept.map((j) => columns[j]!), rowCount };
    }
    case "fill":
      return filled(step.values, step.indicators, table);
    case "clip": {
      const { lower, upper } = step;
      const clipped = columns.map((column, j) =>
        // Neither comparison holds for NaN.
        column.map((value) =>
          value < lower[j]! ? lower[j]! : value > upper[j]! ? upper[j]! : value,
        ),
      );
      return { names, columns: clipped, rowCount };
    }
    case "scale": {
      const { centre, scale } = step;
      const scaled = columns.map((column, j) =>
        column.map((value) => (value - centre[j]!) / scale[j]!),
      );
      return { names, columns: scaled, rowCount };
    }
    case "rotate":
      return {
        names: step.components.map((_, k) => `component ${k + 1}`),
        columns: step.components.map((component) => scores(component, step.centre, table)),
        rowCount,
      };
  }
}

function filled(values: Float64Array, indicators: Int32Array, table: FeatureTable): FeatureTable {
  const { names, columns, rowCount } = table;
  const flagged = Array.from(indicators);
  return {
    names: [...names, ...flagged.map((j) => `${names[j]!} missing`)],
    columns: [
      ...columns.map((column, j) =>
        column.map((value) => (Number.isNaN(value) ? values[j]! : value)),
      ),
      ...flagged.map((j) => columns[j]!.map((value) => (Number.isNaN(value) ? 1 : 0))),
    ],
    rowCount,
  };
}

function scores(
  component: Float64Array,
  centre: Float64Array,
  { columns, rowCount }: FeatureTable,
): Float64Array {
  const result = new Float64Array(rowCount);
  columns.forEach((column, j) => {
    const loading = component[j]!;
    const mean = centre[j]!;
    for (let i = 0; i < rowCount; i++) result[i]! += loading * (column[i]! - mean);
  });
  return result;
}
