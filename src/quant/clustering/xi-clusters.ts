/** First and last position of a cluster in the reachability plot. */
export type PlotInterval = readonly [start: number, end: number];

/** The plot in the order of the visit. */
export type OrderedPlot = {
  readonly reachability: Float64Array;
  /** Position of the point from which each was reached; −1 where there is none. */
  readonly predecessorPosition: Int32Array;
};

/** See xiClusters. */
export type XiOptions = {
  /** ξ: a step is steep when it changes by the factor 1 − ξ at least; in (0, 1). */
  readonly xi: number;
  /** Longest run of steps that are not steep inside an area. */
  readonly minSamples: number;
  /** Fewest points of a cluster. */
  readonly minClusterSize: number;
  readonly predecessorCorrection: boolean;
};

/**
 * Clusters of a reachability plot by the xi method: valleys between a steep way down and a steep
 * way up.
 *
 * A steep area runs on while the plot does not turn, with at most minSamples steps in a row that
 * are not steep. Each upward area is matched with the downward areas before it. A valley counts when
 * nothing inside rises above its ends; it is trimmed to ends of about equal height, and by the
 * predecessor correction of points at its end that were reached from outside of it.
 *
 * @param plot the plot in the order of the visit, n points; see OrderedPlot
 * @param options steepness and sizes; see XiOptions
 * @returns clusters, smaller ones before the larger that hold them
 *
 * Cost: O(n · areas). Convention: matches sklearn.cluster.cluster_optics_xi since 1.3.
 * Source: Ankerst et al. (1999), definitions 9–11 and figure 19; Schubert and Gertz (2018) for the
 * correction. Checked: golden/clustering.json.
 */
export function xiClusters(plot: OrderedPlot, options: XiOptions): readonly PlotInterval[] {
  const n = plot.reachability.length;
  const heights = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  heights.set(plot.reachability);
  const clusters: PlotInterval[] = [];
  let descents: readonly Descent[] = [];
  let index = 0;
  // Highest point since the last area ended.
  let between = 0;
  for (let start = 0; start < n; start++) {
    const kind = slopeKind(heights, start, options.xi);
    if (start < index || (kind !== "steep-down" && kind !== "steep-up")) continue;
    for (let i = index; i <= start; i++) between = Math.max(between, heights[i]!);
    descents = risenAbove(descents, between, { heights, xi: options.xi });
    const area = { start, end: areaEnd(heights, start, kind, options) };
    if (kind === "steep-down") descents = [...descents, { ...area, between: 0 }];
    else clusters.push(...valleys(descents, area, { ...options, ...plot, heights }));
    index = area.end + 1;
    between = heights[index]!;
  }
  return clusters;
}

type Area = { readonly start: number; readonly end: number };
/** A steep way down and the highest point that came after it. */
type Descent = Area & { readonly between: number };

type SlopeKind = "steep-down" | "down" | "level" | "up" | "steep-up";

/** How the plot goes on from position i to i + 1; two infinities are level. */
function slopeKind(heights: Float64Array, i: number, xi: number): SlopeKind {
  const ratio = heights[i]! / heights[i + 1]!;
  if (ratio <= 1 - xi) return "steep-up";
  if (ratio >= 1 / (1 - xi)) return "steep-down";
  if (ratio < 1) return "up";
  return ratio > 1 ? "down" : "level";
}

/** Last steep position of the area that begins at `start`. */
function areaEnd(
  heights: Float64Array,
  start: number,
  steep: "steep-down" | "steep-up",
  { xi, minSamples }: XiOptions,
): number {
  const turns = steep === "steep-down" ? ["up", "steep-up"] : ["down", "steep-down"];
  let end = start;
  let idle = 0;
  for (let i = start; i < heights.length - 1; i++) {
    const kind = slopeKind(heights, i, xi);
    if (turns.includes(kind)) return end;
    idle = kind === steep ? 0 : idle + 1;
    if (kind === steep) end = i;
    if (idle > minSamples) return end;
  }
  return end;
}

/** The ways down that still stand out of what came after, which is noted on them. */
function risenAbove(
  descents: readonly Descent[],
  between: number,
  { heights, xi }: { readonly heights: Float64Array; readonly xi: number },
): readonly Descent[] {
  if (between === Number.POSITIVE_INFINITY) return [];
  return descents
    .filter(({ start }) => between <= heights[start]! * (1 - xi))
    .map((descent) => ({ ...descent, between: Math.max(descent.between, between) }));
}

type Ground = XiOptions & OrderedPlot & { readonly heights: Float64Array };

/** The clusters that end with an upward area, the shortest first. */
function valleys(
  descents: readonly Descent[],
  ascent: Area,
  ground: Ground,
): readonly PlotInterval[] {
  return descents.toReversed().flatMap((descent) => {
    const after = ground.heights[ascent.end + 1]!;
    if (after * (1 - ground.xi) < descent.between) return [];
    const trimmed = equalEnds(descent, ascent, ground);
    const cluster = ground.predecessorCorrection ? reachedInside(trimmed, ground) : trimmed;
    if (cluster === null) return [];
    const [start, end] = cluster;
    const isLarge = end - start + 1 >= ground.minClusterSize;
    return isLarge && start <= descent.end && end >= ascent.start ? [cluster] : [];
  });
}

/** Cuts the higher end down to about the height of the other (definition 11, condition 4). */
function equalEnds(descent: Area, ascent: Area, { heights, xi }: Ground): PlotInterval {
  let { start } = descent;
  let { end } = ascent;
  const before = heights[start]!;
  const after = heights[end + 1]!;
  if (before * (1 - xi) >= after) {
    while (start < descent.end && heights[start + 1]! > after) start++;
  } else if (after * (1 - xi) >= before) {
    while (end > ascent.start && heights[end - 1]! > before) end--;
  }
  return [start, end];
}

/** Cuts off points at the end that were reached from outside; null when nothing is left. */
function reachedInside([start, last]: PlotInterval, ground: Ground): PlotInterval | null {
  for (let end = last; end > start; end--) {
    const from = ground.predecessorPosition[end]!;
    if (ground.heights[start]! > ground.heights[end]! || (from >= start && from < end)) {
      return [start, end];
    }
  }
  return null;
}
