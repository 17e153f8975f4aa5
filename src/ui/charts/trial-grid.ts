/** The value of a parameter; null is "none": its rule is switched off. */
export type TrialValue = number | string | boolean | null;

/** One direction of a map: the values of a parameter, or spans of them where they are many. */
export type GridAxis = {
  readonly name: string;
  /** One a step, ascending. */
  readonly labels: readonly string[];
  /** Values by step; more than one where they were put together. */
  readonly isBinned: boolean;
  /** Step of each trial. */
  readonly stepOf: Int32Array;
};

/** The trials of one square, all other parameters being what they may. */
export type GridCell = {
  readonly x: number;
  readonly y: number;
  /** Best or median objective; null where no trial of the square has one. */
  readonly value: number | null;
  readonly trialCount: number;
  /** Row of its best trial; null as above. */
  readonly bestRow: number | null;
};

export type TrialGrid = {
  readonly x: GridAxis;
  readonly y: GridAxis;
  readonly cells: readonly GridCell[];
};

/** What a square says of the trials in it. */
export type GridMeasure = "best" | "median";

/** Steps of an axis that can still be told apart. */
export const GRID_STEPS_MAX = 60;

/**
 * A map of trials over two of their parameters.
 *
 * @param x, y name and column of a parameter, one value a trial
 * @param objective one a trial, larger is better; null where it has none or does not count
 * @param ranked rankedRows of it
 * @param measure of the trials that fall on one square
 * @returns squares that hold a trial, from below, from the left; the others were not tried
 *
 * Cost: O(trials).
 */
export function trialGrid(input: {
  readonly x: { readonly name: string; readonly column: readonly TrialValue[] };
  readonly y: { readonly name: string; readonly column: readonly TrialValue[] };
  readonly objective: readonly (number | null)[];
  readonly ranked: Int32Array;
  readonly measure: GridMeasure;
}): TrialGrid {
  const x = gridAxis(input.x.name, input.x.column);
  const y = gridAxis(input.y.name, input.y.column);
  const width = x.labels.length;
  const placeOf = (row: number) => (y.stepOf[row] ?? 0) * width + (x.stepOf[row] ?? 0);
  const counts = new Int32Array(width * y.labels.length);
  for (let row = 0; row < input.objective.length; row++) {
    const place = placeOf(row);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  // By rank, so that the trials of a square come in the order that its median needs.
  const judged = Array.from(counts, (): number[] => []);
  for (const row of input.ranked) judged[placeOf(row)]?.push(row);
  const cells = judged.flatMap((rows, place) => {
    const trialCount = counts[place] ?? 0;
    if (trialCount === 0) return [];
    const where = { x: place % width, y: Math.floor(place / width) };
    return { ...where, trialCount, ...squareOf(rows, input.objective, input.measure) };
  });
  return { x, y, cells };
}

/** The steps of a parameter: its values, or as many of them together as keep the steps few. */
export function gridAxis(name: string, column: readonly TrialValue[]): GridAxis {
  const values = [...new Set(column)].sort(byValue);
  const perStep = Math.ceil(values.length / GRID_STEPS_MAX);
  const stepOfValue = new Map(values.map((value, i) => [value, Math.floor(i / perStep)]));
  const steps = Math.ceil(values.length / perStep);
  return {
    name,
    labels: Array.from({ length: steps }, (_, step) =>
      spanLabel(values.slice(step * perStep, (step + 1) * perStep)),
    ),
    isBinned: perStep > 1,
    stepOf: new Int32Array(column.length).map(
      (_, row) => stepOfValue.get(column[row] ?? null) ?? 0,
    ),
  };
}

/** A value as axes and tables write it. */
export function trialValueLabel(value: TrialValue): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
}

/** @param judged rows of the square that have the objective, the best last */
function squareOf(
  judged: readonly number[],
  objective: readonly (number | null)[],
  measure: GridMeasure,
): Pick<GridCell, "value" | "bestRow"> {
  const bestRow = judged.at(-1);
  if (bestRow === undefined) return { value: null, bestRow: null };
  const at = (place: number) => objective[judged[place] ?? bestRow] ?? 0;
  const middle = (judged.length - 1) / 2;
  const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  return { value: measure === "best" ? at(judged.length - 1) : median, bestRow };
}

/** Numbers ascending, then words, then none: a rule switched off is beyond every number. */
function byValue(a: TrialValue, b: TrialValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return rank(a) - rank(b) || String(a).localeCompare(String(b));
}

function rank(value: TrialValue): number {
  if (value === null) return 2;
  return typeof value === "number" ? 0 : 1;
}

function spanLabel(values: readonly TrialValue[]): string {
  const [first = null] = values;
  const last = values.at(-1) ?? null;
  const label = trialValueLabel(first);
  return values.length === 1 ? label : `${label}–${trialValueLabel(last)}`;
}
