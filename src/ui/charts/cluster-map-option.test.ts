import { expect, test } from "vitest";
import type { ClusterPoint } from "#contracts/scan-clusters.ts";
import { CHART_PALETTES } from "./chart-palette.ts";
import { clusterMapCsv, clusterMapOption } from "./cluster-map-option.ts";
import { clusterStyle } from "./cluster-style.ts";

const PALETTE = CHART_PALETTES.light;
const POINTS: readonly ClusterPoint[] = [
  { instrumentId: 1, symbol: "AAA", cluster: 0, pca: [0.5, 1], tsne: [3, 4], silhouette: 0.7 },
  { instrumentId: 2, symbol: "BBB", cluster: 1, pca: [-0.5, 2], tsne: null },
  { instrumentId: 3, symbol: "CCC", cluster: -1, pca: [0, 0], tsne: [1, 1] },
];
const option = (chosen: number | null, projection: "pca" | "tsne" = "pca") =>
  clusterMapOption({ points: POINTS, projection, chosen, palette: PALETTE });

test("every instrument is a point at its place, in the order of the input", () => {
  expect(option(null).series).toMatchObject([
    {
      data: [
        { name: "AAA", value: [0.5, 1] },
        { name: "BBB", value: [-0.5, 2] },
        { name: "CCC", value: [0, 0] },
      ],
    },
  ]);
});

test("an instrument without a place on this map is not drawn, and keeps its index", () => {
  expect(option(null, "tsne").series).toMatchObject([
    { data: [{ value: [3, 4] }, { value: ["-", "-"] }, { value: [1, 1] }] },
  ]);
});

test("a chosen cluster has its names, and the others fade", () => {
  expect(option(1).series).toMatchObject([
    {
      data: [
        { itemStyle: { opacity: 0.2 }, label: { show: false } },
        { itemStyle: { opacity: 1 }, label: { show: true } },
        { itemStyle: { opacity: 0.2 }, label: { show: false } },
      ],
    },
  ]);
});

test("no two of forty clusters look the same, and noise is hollow", () => {
  const looks = Array.from({ length: 40 }, (_, cluster) => {
    const { colour, shape } = clusterStyle(cluster, PALETTE);
    return `${colour} ${shape}`;
  });
  expect(new Set(looks).size).toBe(40);
  expect(clusterStyle(-1, PALETTE).isHollow).toBe(true);
  expect(clusterStyle(0, PALETTE).isHollow).toBe(false);
});

test("the CSV counts clusters from one and leaves that of noise empty", () => {
  expect(clusterMapCsv(POINTS)).toBe(
    "Symbol,Cluster,Component 1,Component 2,t-SNE 1,t-SNE 2,Silhouette\r\n" +
      "AAA,1,0.5,1,3,4,0.7\r\nBBB,2,-0.5,2,,,\r\nCCC,,0,0,1,1,\r\n",
  );
});
