import {
  type ParameterSpace,
  type ParameterValues,
  placesOfPoint,
  valuesOfPoint,
} from "./parameter-space.ts";
import { type ReturnBlocks, returnBlocks } from "./return-blocks.ts";
import {
  TRIAL_FIGURES,
  TRIAL_MOMENTS,
  type TrialFigure,
  type TrialMoment,
} from "./trial-figures.ts";

/** What decides where everything lies in the memory of trials. */
export type TrialLayout = {
  /** Names of the varied parameters. */
  readonly parameters: readonly string[];
  /** Room for as many trials. */
  readonly capacity: number;
  /** Returns of every trial: bars that are traded. */
  readonly bars: number;
};

/**
 * Trials as columns, one row a trial. A row that nothing was written to is 0 throughout. A figure or a
 * moment that is undefined is NaN.
 */
export type TrialColumns = {
  readonly layout: TrialLayout;
  readonly blocks: ReturnBlocks;
  /** Everything below, 8 bytes a value; what is stored, and shared between threads. */
  readonly buffer: ArrayBufferLike;
  /** The point of the space. */
  readonly point: Float64Array;
  /**
   * Values of the varied parameters by name: a number as it is, NaN for none; of a choice or a boolean
   * its place on the axis.
   */
  readonly parameters: Readonly<Record<string, Float64Array>>;
  readonly figures: Readonly<Record<TrialFigure, Float64Array>>;
  readonly moments: Readonly<Record<TrialMoment, Float64Array>>;
  /** Mean return of a bar by trial and block, row-major, one row a trial. */
  readonly blockMeans: Float64Array;
  /** Σ (return − mean)² of the block, laid out alike. */
  readonly blockSquares: Float64Array;
};

/**
 * Bytes that trials take.
 *
 * @param layout how many of what
 */
export function trialBytes({ parameters, capacity, bars }: TrialLayout): number {
  const columns = 1 + parameters.length + TRIAL_FIGURES.length + TRIAL_MOMENTS.length;
  return Float64Array.BYTES_PER_ELEMENT * capacity * (columns + 2 * returnBlocks(bars).count);
}

/**
 * Trials on memory of their own, on memory that threads share, or on what was stored.
 *
 * @param layout how many of what
 * @param buffer of trialBytes(layout); fresh when left out
 */
export function trialColumns(
  layout: TrialLayout,
  buffer: ArrayBufferLike = new ArrayBuffer(trialBytes(layout)),
): TrialColumns {
  const { capacity } = layout;
  const blocks = returnBlocks(layout.bars);
  let at = 0;
  const take = (length: number): Float64Array => {
    const column = new Float64Array(buffer, at, length);
    at += column.byteLength;
    return column;
  };
  const named = <Name extends string>(names: readonly Name[]): Record<Name, Float64Array> =>
    Object.fromEntries(names.map((name) => [name, take(capacity)])) as Record<Name, Float64Array>;
  return {
    layout,
    blocks,
    buffer,
    point: take(capacity),
    parameters: named(layout.parameters),
    figures: named(TRIAL_FIGURES),
    moments: named(TRIAL_MOMENTS),
    blockMeans: take(capacity * blocks.count),
    blockSquares: take(capacity * blocks.count),
  };
}

/**
 * The first trials by themselves, in memory that is just large enough: what is stored.
 *
 * @param columns of at least as many
 * @param count trials that were run
 */
export function firstTrials(columns: TrialColumns, count: number): TrialColumns {
  const first = trialColumns({ ...columns.layout, capacity: count });
  const { blocks } = columns;
  first.point.set(columns.point.subarray(0, count));
  for (const group of ["parameters", "figures", "moments"] as const) {
    const from: Readonly<Record<string, Float64Array>> = columns[group];
    const to: Readonly<Record<string, Float64Array>> = first[group];
    for (const [name, column] of Object.entries(to)) column.set(from[name]!.subarray(0, count));
  }
  first.blockMeans.set(columns.blockMeans.subarray(0, count * blocks.count));
  first.blockSquares.set(columns.blockSquares.subarray(0, count * blocks.count));
  return first;
}

/**
 * Writes down which point a row is of.
 *
 * @param columns written to
 * @param row 0 ≤ row < capacity
 * @param space of the parameters
 * @param point what is tried
 * @returns its configuration
 */
export function writeTrialPoint(
  columns: TrialColumns,
  row: number,
  { space, point }: { readonly space: ParameterSpace; readonly point: number },
): ParameterValues {
  const values = valuesOfPoint(space, point);
  const places = placesOfPoint(space, point);
  columns.point[row] = point;
  space.axes.forEach(({ name }, i) => {
    const value = values[name];
    const column = columns.parameters[name];
    if (column === undefined) return;
    if (value === null) column[row] = Number.NaN;
    else column[row] = typeof value === "number" ? value : places[i]!;
  });
  return values;
}
