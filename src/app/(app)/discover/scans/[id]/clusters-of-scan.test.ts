import { expect, test } from "vitest";
import { clustersOfScan } from "./clusters-of-scan.ts";

const point = (symbol: string, cluster: number) => ({
  instrumentId: 1,
  symbol,
  cluster,
  pca: [0, 0] as [number, number],
  tsne: null,
});

test("the largest cluster stands first, noise last, and symbols by the alphabet", () => {
  const points = [
    ...["Z", "Y", "X", "W"].map((symbol) => point(symbol, -1)),
    point("B", 0),
    point("C", 1),
    point("A", 1),
    point("D", 2),
  ];
  expect(
    clustersOfScan(points).map(({ cluster, points: of }) => [
      cluster,
      of.map(({ symbol }) => symbol).join(""),
    ]),
  ).toEqual([
    [1, "AC"],
    [0, "B"],
    [2, "D"],
    [-1, "WXYZ"],
  ]);
});
