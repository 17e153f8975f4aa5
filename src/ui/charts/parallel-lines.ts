import { formatNumber } from "../format.ts";
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
export const BEST_LINES = 300;

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
    heights: new Float64Array(column.length).map((_, row) => heightOf(column[row] ?? null)),
    ticks: [...marks, ...(hasNone ? [null] : [])].map((value) => ({
      height: heightOf(value),
      label: typeof value === "number" ? formatNumber(value, { significant: 3 }) : "none",
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
  const heights = new Float64Array(column.length).map((_, row) => {
    if ((column[row] ?? null) === null) return Number.NaN;
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
    heights: new Float64Array(column.length).map(
      (_, row) => heightOf.get(column[row] ?? null) ?? Number.NaN,
    ),
    ticks: ordered.map((value) => ({
      height: heightOf.get(value) ?? 0,
      label: trialValueLabel(value),
    })),
  };
}

/** Rounding of heights that must not push a trial over the edge of a brush. */
const HEIGHT_CARE = 1e-9;

/** Those of the rows that cross every brushed axis within its brush, in their order. */
export function brushedRows(
  axes: readonly ParallelAxis[],
  brushes: Readonly<Record<string, Brush>>,
  rows: Int32Array,
): Int32Array {
  const brushed = axes.flatMap(({ name, heights }) => {
    const brush = brushes[name];
    return brush === undefined ? [] : [{ heights, ...brush }];
  });
  return rows.filter((row) =>
    brushed.every(({ heights, low, high }) => {
      const height = heights[row] ?? Number.NaN;
      return height >= low - HEIGHT_CARE && height <= high + HEIGHT_CARE;
    }),
  );
}

/**
 * The rows that are drawn of many: the last, and of the others as many as fit, picked by a scramble of
 * their number, because a stride would fall in step with the grid.
 *
 * @param rows the best last
 * @param linesMax how many fit
 * @returns in the same order, so that the best are drawn over the others
 *
 * Cost: O(rows · log rows).
 */
export function drawnRows(rows: Int32Array, linesMax: number = LINES_MAX): Int32Array {
  if (rows.length <= linesMax) return rows;
  const bestFrom = rows.length - Math.min(BEST_LINES, linesMax);
  const others = rows.subarray(0, bestFrom);
  const keys = Uint32Array.from(others, scramble);
  const bar = keys.toSorted()[linesMax - (rows.length - bestFrom)] ?? 0;
  const picked = others.filter((_, i) => (keys[i] ?? 0) < bar);
  return Int32Array.from([...picked, ...rows.subarray(bestFrom)]);
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
