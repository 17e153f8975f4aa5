/** Where a pane draws: its box in the drawing's units, and the values at its lower and upper edge. */
export type PaneScale = {
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly low: number;
  readonly high: number;
};

export function paneY(scale: PaneScale, value: number): number {
  return scale.top + scale.height * (1 - (value - scale.low) / (scale.high - scale.low));
}

export function paneX(scale: PaneScale, index: number, count: number): number {
  return (scale.width * index) / (count - 1);
}

/** The path of a series in a pane; a value that is not finite lifts the pen, so a gap stays a gap. */
export function seriesPath(values: Float64Array, scale: PaneScale): string {
  let path = "";
  let isPenDown = false;
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      isPenDown = false;
      return;
    }
    const x = paneX(scale, index, values.length).toFixed(1);
    path += `${isPenDown ? "L" : "M"}${x} ${paneY(scale, value).toFixed(1)}`;
    isPenDown = true;
  });
  return path;
}

/** Lowest and highest finite value of some series, with a margin of 5 % of their distance. */
export function rangeOf(...series: readonly Float64Array[]): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of series) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const margin = 0.05 * (high - low);
  return { low: low - margin, high: high + margin };
}
