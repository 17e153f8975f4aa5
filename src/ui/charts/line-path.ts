import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartPoint } from "./line-chart-data.ts";

/** Columns of a picture: about three pixels of a wide screen each. */
export const PATH_COLUMNS = 400;

/** Rows of a picture, so that whole numbers are fine enough. */
export const PATH_ROWS = 1_000;

/** The value axis of a picture. */
export type PathAxis = { readonly min: number; readonly max: number; readonly inverted: boolean };

type Column = { readonly x: number; first: number; low: number; high: number; last: number };

/**
 * A line as an SVG path within PATH_COLUMNS by PATH_ROWS: the lowest and highest value of each column, and a gap
 * where one is missing.
 *
 * @param points oldest first; those outside the window are left out
 */
export function linePath(
  points: readonly ChartPoint[],
  window: TimeWindow,
  axis: PathAxis,
): string {
  return runs(points, window)
    .map((columns) =>
      columns
        .flatMap(({ x, first, low, high, last }) => {
          // The way that the line went through the column, each height once.
          const turns = last >= first ? [first, low, high, last] : [first, high, low, last];
          return turns
            .map((value) => rowOf(value, axis))
            .filter((y, i, all) => y !== all[i - 1])
            .map((y) => `${x} ${y}`);
        })
        .join("L"),
    )
    .map((path) => `M${path}`)
    .join("");
}

/** The same as an area that stands on zero. */
export function areaPath(
  points: readonly ChartPoint[],
  window: TimeWindow,
  axis: PathAxis,
): string {
  const zero = rowOf(0, axis);
  return runs(points, window)
    .map((columns) => {
      const from = columns[0]?.x ?? 0;
      const to = columns.at(-1)?.x ?? 0;
      const ends = columns.map(({ x, low, high }) => {
        const far = Math.abs(high) > Math.abs(low) ? high : low;
        return `${x} ${rowOf(far, axis)}`;
      });
      return `M${from} ${zero}L${ends.join("L")}L${to} ${zero}Z`;
    })
    .join("");
}

/** Columns without a gap between them. */
function runs(points: readonly ChartPoint[], { startMs, endMs }: TimeWindow): Column[][] {
  const found: Column[][] = [];
  let run: Column[] = [];
  const close = () => {
    if (run.length > 0) found.push(run);
    run = [];
  };
  for (const [timeMs, value] of points) {
    if (timeMs < startMs || timeMs > endMs) continue;
    if (value === null) {
      close();
      continue;
    }
    const x = Math.round((PATH_COLUMNS * (timeMs - startMs)) / (endMs - startMs));
    const column = run.at(-1);
    if (column?.x === x) {
      column.low = Math.min(column.low, value);
      column.high = Math.max(column.high, value);
      column.last = value;
    } else {
      run.push({ x, first: value, low: value, high: value, last: value });
    }
  }
  close();
  return found;
}

function rowOf(value: number, { min, max, inverted }: PathAxis): number {
  const share = (value - min) / (max - min);
  return Math.round(PATH_ROWS * (inverted ? share : 1 - share));
}
