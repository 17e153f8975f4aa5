import { expect, test } from "vitest";
import { clustersOfScan, silhouetteSentence } from "./clusters-of-scan.ts";

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

test("a cluster has the mean silhouette of its instruments, and noise none", () => {
  const points = [
    { ...point("A", 0), silhouette: 0.4 },
    { ...point("B", 0), silhouette: 0.8 },
    { ...point("W", -1), silhouette: null },
    point("C", 1),
  ];
  const found = clustersOfScan(points);
  expect(found[0]?.silhouette).toBeCloseTo(0.6, 12);
  expect(found.slice(1).map(({ silhouette }) => silhouette)).toEqual([null, null]);
});

test.each([
  { score: 0.7, says: "well apart" },
  { score: 0.3, says: "touch" },
  { score: -0.1, says: "hardly apart" },
])("a silhouette of $score says that clusters are $says", ({ score, says }) => {
  expect(silhouetteSentence(score)).toContain(says);
});

test("without a silhouette nothing is said", () => {
  expect(silhouetteSentence(null)).toBe("");
  expect(silhouetteSentence(undefined)).toBe("");
});
