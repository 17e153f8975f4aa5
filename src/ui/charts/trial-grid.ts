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
export const GRID_STEPS_MAX = 40;

/**
 * A map of trials over two of their parameters.
 *
 * @param x, y name and column of a parameter, one value a trial
 * @param objective one a trial, larger is better; null where it has none or does not count
 * @param measure of the trials that fall on one square
 * @returns squares that hold a trial, in no order; the others were not tried
 *
 * Cost: O(trials · log trials).
 */
export function trialGrid(input: {
  readonly x: { readonly name: string; readonly column: readonly TrialValue[] };
  readonly y: { readonly name: string; readonly column: readonly TrialValue[] };
  readonly objective: readonly (number | null)[];
  readonly measure: GridMeasure;
}): TrialGrid {
  const x = gridAxis(input.x.name, input.x.column);
  const y = gridAxis(input.y.name, input.y.column);
  const rowsOf = new Map<number, number[]>();
  input.objective.forEach((_, row) => {
    const place = (y.stepOf[row] ?? 0) * x.labels.length + (x.stepOf[row] ?? 0);
    const rows = rowsOf.get(place);
    if (rows === undefined) rowsOf.set(place, [row]);
    else rows.push(row);
  });
  const cells = Array.from(rowsOf, ([place, rows]) => ({
    x: place % x.labels.length,
    y: Math.floor(place / x.labels.length),
    ...squareOf(rows, input.objective, input.measure),
  }));
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
    stepOf: Int32Array.from(column, (value) => stepOfValue.get(value) ?? 0),
  };
}

/** A value as axes and tables write it. */
export function trialValueLabel(value: TrialValue): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
}

function squareOf(
  rows: readonly number[],
  objective: readonly (number | null)[],
  measure: GridMeasure,
): Pick<GridCell, "value" | "trialCount" | "bestRow"> {
  const judged = rows.flatMap((row) => {
    const value = objective[row] ?? null;
    return value === null ? [] : [{ row, value }];
  });
  judged.sort((a, b) => a.value - b.value);
  const best = judged.at(-1);
  const low = judged[Math.floor((judged.length - 1) / 2)];
  const high = judged[Math.ceil((judged.length - 1) / 2)];
  if (best === undefined || low === undefined || high === undefined) {
    return { value: null, trialCount: rows.length, bestRow: null };
  }
  return {
    value: measure === "best" ? best.value : (low.value + high.value) / 2,
    trialCount: rows.length,
    bestRow: best.row,
  };
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
