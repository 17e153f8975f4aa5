import type { ChartColour, ChartPalette } from "./chart-palette.ts";

/** The cluster number of instruments that belong to none. */
export const NOISE_CLUSTER = -1;

const COLOURS = [
  "legY",
  "legX",
  "spread",
  "zScore",
  "short",
  "entry",
  "stop",
  "equity",
] as const satisfies readonly ChartColour[];

/** As ECharts names them; the number has no divisor in common with that of the colours. */
const SHAPES = ["circle", "triangle", "rect", "diamond", "roundRect"] as const;

export type ClusterStyle = {
  readonly colour: string;
  readonly shape: (typeof SHAPES)[number];
  /** Noise is drawn as an outline. */
  readonly isHollow: boolean;
};

/** Colour and shape of a cluster: the first forty differ in at least one, so no two look the same. */
export function clusterStyle(cluster: number, palette: ChartPalette): ClusterStyle {
  if (cluster === NOISE_CLUSTER) {
    return { colour: palette.muted, shape: "circle", isHollow: true };
  }
  return {
    colour: palette[COLOURS[cluster % COLOURS.length] ?? "legY"],
    shape: SHAPES[cluster % SHAPES.length] ?? "circle",
    isHollow: false,
  };
}

/** What a person calls a cluster: the first is 1. */
export function clusterName(cluster: number): string {
  return cluster === NOISE_CLUSTER ? "No cluster" : `Cluster ${cluster + 1}`;
}
