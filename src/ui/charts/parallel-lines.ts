import { type TrialValue, trialValueLabel } from "./trial-grid.ts";

/** An upright line of the picture: where each trial crosses it, and what stands at it. */
export type ParallelAxis = {
  readonly name: string;
  /** Height of each trial, 0 at the bottom and 1 at the top; NaN where it has no value. */
  readonly heights: Float64Array;
  readonly ticks: readonly { readonly height: number; readonly label: string }[];
};

/** Heights between which a trial must cross an axis, both included. */
export type Brush = { readonly low: number; readonly high: number };

/** More lines than this are a surface, and slow. */
export const LINES_MAX = 1_200;

/** Of those, the best are always drawn. */
const BEST_LINES = 300;

/** Where "none" stands: above all numbers, with room between. */
const NUMBERS_END = 0.88;

/** A parameter as an axis: numbers by their size, words and yes or no evenly spread. */
export function parallelAxis(name: string, column: readonly TrialValue[]): ParallelAxis {
  const values = [...new Set(column)];
  const numbers = values.filter((value) => typeof value === "number");
  const hasNone = values.includes(null);
  if (numbers.length + (hasNone ? 1 : 0) < values.length) return wordAxis(name, column, values);
  const low = numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const end = hasNone ? NUMBERS_END : 1;
  const heightOf = (value: TrialValue) => {
    if (typeof value !== "number") return 1;
    return high > low ? ((value - low) / (high - low)) * end : end / 2;
  };
  const marks = high > low ? [low, (low + high) / 2, high] : numbers.slice(0, 1);
  return {
    name,
    heights: Float64Array.from(column, heightOf),
    ticks: [...marks, ...(hasNone ? [null] : [])].map((value) => ({
      height: heightOf(value),
      label: typeof value === "number" ? String(Number(value.toPrecision(3))) : "none",
    })),
  };
}

/** A figure as an axis: NaN where a trial has none, which is drawn nowhere and never within a brush. */
export function figureAxis(name: string, column: readonly (number | null)[]): ParallelAxis {
  const axis = parallelAxis(
    name,
    column.filter((value) => value !== null),
  );
  let at = 0;
  const heights = Float64Array.from(column, (value) => {
    if (value === null) return Number.NaN;
    at += 1;
    return axis.heights[at - 1] ?? Number.NaN;
  });
  return { ...axis, heights };
}

function wordAxis(
  name: string,
  column: readonly TrialValue[],
  values: readonly TrialValue[],
): ParallelAxis {
  const ordered = values.toSorted((a, b) => String(a).localeCompare(String(b)));
  const heightOf = new Map(
    ordered.map((value, i) => [value, ordered.length === 1 ? 0.5 : i / (ordered.length - 1)]),
  );
  return {
    name,
    heights: Float64Array.from(column, (value) => heightOf.get(value) ?? Number.NaN),
    ticks: ordered.map((value) => ({
      height: heightOf.get(value) ?? 0,
      label: trialValueLabel(value),
    })),
  };
}

/** Rounding of heights that must not push a trial over the edge of a brush. */
const HEIGHT_CARE = 1e-9;

/** Rows that cross every brushed axis within its brush, in their order. */
export function brushedRows(
  axes: readonly ParallelAxis[],
  brushes: Readonly<Record<string, Brush>>,
): Int32Array {
  const count = axes[0]?.heights.length ?? 0;
  const brushed = axes.flatMap(({ name, heights }) => {
    const brush = brushes[name];
    return brush === undefined ? [] : [{ heights, ...brush }];
  });
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    const isWithin = brushed.every(({ heights, low, high }) => {
      const height = heights[row] ?? Number.NaN;
      return height >= low - HEIGHT_CARE && height <= high + HEIGHT_CARE;
    });
    if (isWithin) rows.push(row);
  }
  return Int32Array.from(rows);
}

/**
 * The rows that are drawn of many: the best by the objective, and of the others as many as fit, picked by
 * a scramble of their number, because a stride would fall in step with the grid.
 *
 * @param rows to choose from
 * @param objective of all trials
 * @param linesMax how many fit
 * @returns worst first, so that the best are drawn over the others; rows without an objective are left out
 */
export function drawnRows(
  rows: Int32Array,
  objective: readonly (number | null)[],
  linesMax: number = LINES_MAX,
): Int32Array {
  const rankValue = (row: number) => objective[row] ?? Number.NEGATIVE_INFINITY;
  const judged = rows.filter((row) => rankValue(row) > Number.NEGATIVE_INFINITY);
  const ascending = judged.sort((a, b) => rankValue(a) - rankValue(b) || a - b);
  if (ascending.length <= linesMax) return ascending;
  const best = Math.min(BEST_LINES, linesMax);
  const others = ascending.slice(0, ascending.length - best);
  const picked = others
    .toSorted((a, b) => scramble(a) - scramble(b))
    .slice(0, linesMax - best)
    .sort((a, b) => rankValue(a) - rankValue(b) || a - b);
  return Int32Array.from([...picked, ...ascending.subarray(ascending.length - best)]);
}

/** Multiplicative hash (Knuth, vol. 3, 6.4): neighbours end up far apart. */
function scramble(row: number): number {
  return Math.imul(row + 1, 2_654_435_761) >>> 0;
}

/**
 * The lines of rows as one SVG path, axes at equal distances over the width.
 *
 * @param size of the picture, in its units; height 0 is at the bottom
 */
export function linesPath(
  axes: readonly ParallelAxis[],
  rows: Int32Array,
  size: { readonly width: number; readonly height: number },
): string {
  const gap = axes.length < 2 ? 0 : size.width / (axes.length - 1);
  const parts: string[] = [];
  for (const row of rows) {
    axes.forEach(({ heights }, i) => {
      const y = (1 - (heights[row] ?? 0)) * size.height;
      parts.push(`${i === 0 ? "M" : "L"}${(i * gap).toFixed(1)} ${y.toFixed(1)}`);
    });
  }
  return parts.join("");
}
