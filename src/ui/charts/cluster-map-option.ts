import { csvRow } from "#contracts/csv-cell.ts";
import type { ClusterPoint } from "#contracts/scan-clusters.ts";
import type { ChartOption } from "./chart-option.ts";
import type { ChartPalette } from "./chart-palette.ts";
import { clusterStyle } from "./cluster-style.ts";

/** How the many components are laid into a plane. */
export type ClusterProjection = "pca" | "tsne";

/** What is drawn when a cluster is chosen and a point is not of it. */
const FADED_OPACITY = 0.2;

/** Where a point lies; null when this projection was not computed for it. */
export function pointPlace(
  point: ClusterPoint,
  projection: ClusterProjection,
): readonly [number, number] | null {
  return projection === "pca" ? point.pca : point.tsne;
}

/** The option of the map. Data index i is points[i]; a point without a place is not drawn. */
export function clusterMapOption(input: {
  readonly points: readonly ClusterPoint[];
  readonly projection: ClusterProjection;
  /** The cluster that stands out; null: all do. */
  readonly chosen: number | null;
  readonly palette: ChartPalette;
}): ChartOption {
  const { points, projection, chosen, palette } = input;
  const axis = {
    type: "value" as const,
    scale: true,
    // Distances mean something, places do not: the axes carry no numbers.
    axisLabel: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: palette.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    nameLocation: "middle" as const,
    nameGap: 8,
    nameTextStyle: { color: palette.muted, fontSize: 11 },
  };
  const names = projection === "pca" ? ["Component 1", "Component 2"] : ["t-SNE 1", "t-SNE 2"];
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, sans-serif", color: palette.muted },
    grid: { left: 28, right: 16, top: 16, bottom: 28, outerBoundsMode: "none" },
    xAxis: { ...axis, name: names[0] ?? "" },
    yAxis: { ...axis, name: names[1] ?? "" },
    series: [
      {
        type: "scatter",
        data: points.map((point) => {
          const { colour, shape, isHollow } = clusterStyle(point.cluster, palette);
          const isFaded = chosen !== null && chosen !== point.cluster;
          return {
            name: point.symbol,
            value: [...(pointPlace(point, projection) ?? ["-", "-"])],
            symbol: shape,
            symbolSize: isHollow ? 7 : 11,
            itemStyle: {
              color: isHollow ? palette.surface : colour,
              borderColor: isHollow ? colour : palette.surface,
              borderWidth: 1,
              opacity: isFaded ? FADED_OPACITY : 1,
            },
            label: { show: chosen === point.cluster && !isHollow },
          };
        }),
        label: {
          formatter: "{b}",
          position: "top",
          color: palette.text,
          fontSize: 10,
          distance: 3,
        },
        labelLayout: { hideOverlap: true },
        emphasis: {
          scale: 1.5,
          label: { show: true, fontSize: 12, fontWeight: "bold" },
        },
      },
    ],
  };
}

/** The map as CSV, in full precision. */
export function clusterMapCsv(points: readonly ClusterPoint[]): string {
  const lines = points.map(({ symbol, cluster, pca, tsne, silhouette = null }) =>
    csvRow([
      symbol,
      cluster < 0 ? null : cluster + 1,
      ...pca,
      ...(tsne ?? [null, null]),
      silhouette,
    ]),
  );
  const places = ["Component 1", "Component 2", "t-SNE 1", "t-SNE 2"];
  const head = csvRow(["Symbol", "Cluster", ...places, "Silhouette"]);
  return head + lines.join("");
}
