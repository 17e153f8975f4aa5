import { InvalidInputError } from "../../invalid-input-error.ts";
import { quantileOfSorted } from "../../rolling/quantile-of-sorted.ts";
import { createRandom } from "../../synthetic/random.ts";
import { type FeatureTable, valuesAt } from "../training-data.ts";
import { predictInParts, type RowPredictor, requirePlaces, withColumns } from "./row-predictor.ts";
import { chosenPlaces } from "./shuffled-places.ts";

/** What is to be explained. */
export type DependenceInput = {
  readonly predict: RowPredictor;
  readonly table: FeatureTable;
  /** Rows over which is averaged. */
  readonly places: Int32Array;
  /** Place of the feature that is varied. */
  readonly feature: number;
  /** Which of the values that the model answers of a row: a class, or 0 of a regression. */
  readonly output: number;
};

/** How dependence is measured; the same options give the same numbers to the bit. */
export type DependenceOptions = {
  /** Whole number in [0, 2³²): which rows are taken, where there are too many. */
  readonly seed: number;
  /** Values that the feature is set to, 2 … 100; 20 unless told. */
  readonly gridPoints?: number;
  /** Most rows to average over, ≥ 1; 1,000 unless told. */
  readonly rowsMax?: number;
  /** Most single rows to follow besides, 0 … 200; none unless told. */
  readonly curvesMax?: number;
  /** Called with the share done, in [0, 1]; throws to cancel. */
  readonly onProgress?: (share: number) => void;
};

/** What the model answers as one feature varies. */
export type PartialDependence = {
  readonly name: string;
  /** Values of the feature, ascending and distinct. */
  readonly grid: Float64Array;
  /** Mean answer at each of them; NaN where the model answers no row. */
  readonly mean: Float64Array;
  /** Answers of single rows, aligned with the grid; NaN where there is none. */
  readonly curves: readonly { readonly place: number; readonly values: Float64Array }[];
  /** Rows that were averaged over. */
  readonly rows: number;
};

/** The outermost values are rare, and a model's answer there is a guess. */
const GRID_FROM = 0.05;
const GRID_TO = 0.95;

/**
 * Partial dependence: what a model answers on average when one feature takes this value in every row.
 *
 * The feature is set to its quantiles from 5 % to 95 % in turn; where it has fewer distinct values than that,
 * to all of them. Rows get combinations that never come where features depend on each other: single curves
 * that part from the mean show what it hides.
 *
 * @param input model, table, rows, feature, output
 * @param options seed, grid, rows, single curves, progress
 * @returns see PartialDependence
 * @throws {InvalidInputError} "too-short": no rows, or all values of the feature are missing; "out-of-range":
 *   a row, the feature, the output or an option; "length-mismatch": what the model answers
 *
 * Cost: gridPoints · min(rows, rowsMax) predictions; memory of one column and one grid value's answers.
 * Source: Friedman (2001); Goldstein, Kapelner, Bleich, Pitkin (2015) for single curves.
 */
export function partialDependence(
  input: DependenceInput,
  options: DependenceOptions,
): PartialDependence {
  const { table, feature } = input;
  const { seed, gridPoints = 20, rowsMax = 1_000, curvesMax = 0, onProgress } = options;
  requirePlaces(table, input.places);
  requireWhole("gridPoints", gridPoints, 2, 100);
  requireWhole("rowsMax", rowsMax, 1, Number.MAX_SAFE_INTEGER);
  requireWhole("curvesMax", curvesMax, 0, 200);
  requireWhole("feature", feature, 0, table.columns.length - 1);
  const grid = featureGrid(valuesAt(table.columns[feature]!, input.places), gridPoints);
  const places = chosenPlaces(input.places, rowsMax, createRandom(seed));
  const followed = chosenPlaces(
    Int32Array.from(places, (_, i) => i),
    curvesMax,
    createRandom(seed, 1),
  );
  const curves = Array.from(followed, (i) => ({
    place: places[i]!,
    values: new Float64Array(grid.length),
  }));
  const mean = new Float64Array(grid.length);
  const column = new Float64Array(table.rowCount);
  const varied = withColumns(table, new Map([[feature, column]]));
  for (let g = 0; g < grid.length; g++) {
    column.fill(grid[g]!);
    const answers = answersOf({ ...input, table: varied, places }, (share) =>
      onProgress?.((g + share) / grid.length),
    );
    mean[g] = meanOfKnown(answers);
    for (let c = 0; c < curves.length; c++) curves[c]!.values[g] = answers[followed[c]!]!;
  }
  return { name: table.names[feature]!, grid, mean, curves, rows: places.length };
}

function answersOf(
  { predict, table, places, output }: DependenceInput,
  onPart: (share: number) => void,
): Float64Array {
  const all = predictInParts(predict, table, places, onPart);
  const width = all.length / places.length;
  requireWhole("output", output, 0, width - 1);
  return Float64Array.from(places, (_, i) => all[i * width + output]!);
}

function featureGrid(values: Float64Array, gridPoints: number): Float64Array {
  const ascending = values.filter((value) => !Number.isNaN(value)).sort();
  if (ascending.length === 0) {
    throw new InvalidInputError("too-short", "all values of the feature are missing");
  }
  const distinct = withoutRepeats(ascending);
  if (distinct.length <= gridPoints) return distinct;
  const step = (GRID_TO - GRID_FROM) / (gridPoints - 1);
  return withoutRepeats(
    Float64Array.from({ length: gridPoints }, (_, g) =>
      quantileOfSorted(ascending, GRID_FROM + g * step),
    ),
  );
}

function withoutRepeats(ascending: Float64Array): Float64Array {
  return ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]);
}

function meanOfKnown(values: Float64Array): number {
  let sum = 0;
  let known = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  return known === 0 ? Number.NaN : sum / known;
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    throw new InvalidInputError(
      "out-of-range",
      `${name} must be a whole number from ${least} to ${most}`,
    );
  }
}
