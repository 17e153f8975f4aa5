import { describe, expect, test } from "vitest";
import type { PairCloses } from "./pair-closes.ts";
import { prefixProof } from "./prefix-proof.ts";
import { publishedStudy } from "./published-study.ts";
import { barsOf, syntheticPair } from "./synthetic-pair.test-support.ts";

const PAIRS = [7, 8, 9].map((seed) => syntheticPair(seed, 500));
const CONSTANT = new Float64Array(250).fill(10);

function studyCloses() {
  const halves = PAIRS.flatMap((pair) => {
    const [formation, trading] = [barsOf(pair, 0, 250), barsOf(pair, 250, 500)];
    return [
      { formation: formation.x, trading: trading.x },
      { formation: formation.y, trading: trading.y },
    ];
  });
  const [first] = PAIRS;
  if (first === undefined) throw new Error("there is a pair");
  return {
    formationTimeMs: barsOf(first, 0, 250).openTimeMs,
    tradingTimeMs: barsOf(first, 250, 500).openTimeMs,
    instruments: [...halves, { formation: CONSTANT, trading: CONSTANT }],
  };
}

const ASKED = [
  { x: 0, y: 1 },
  { x: 2, y: 3 },
  { x: 0, y: 6 },
];

describe("publishedStudy", () => {
  const study = publishedStudy(studyCloses(), ASKED, 3);

  test("trades the pairs of RLRT and the most correlated ones", () => {
    expect(study.rlrt.map(({ x, y }) => [x, y])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(study.traditional.map(({ x, y }) => [x, y]).sort()).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    for (const { runs } of study.rlrt) {
      const { growth, figures } = runs.published;
      expect((growth[249] ?? 0) - 1).toBeCloseTo(figures.totalReturn, 12);
    }
  });

  test("says why a pair was not traded", () => {
    expect(study.refusals).toMatchObject([{ x: 0, y: 6, strategy: "rlrt" }]);
  });

  test("proves that the published rule looks ahead, and that what is left of it does not", () => {
    for (const { proofs } of study.rlrt) {
      expect(proofs.published.isPassed).toBe(false);
      expect(proofs.published.differences[0]?.bar).toBeLessThan(247);
      expect(proofs.hedged).toMatchObject({ isPassed: true, differences: [] });
      expect(proofs.hedged.cutBars.length).toBeGreaterThan(10);
    }
    for (const { proof } of study.traditional) expect(proof.isPassed).toBe(true);
  });
});

test("a rule that sees one bar ahead is caught, one that does not passes", () => {
  const closes = syntheticPair(3, 200);
  const options = { barsMin: 5, endBars: 0, seed: 1 };
  const rule =
    (ahead: number) =>
    ({ y }: PairCloses) =>
      y.map((close, i) => Math.sign((y[i + ahead] ?? close) - (y[i + ahead - 1] ?? close)));
  expect(prefixProof(rule(0), closes, options).isPassed).toBe(true);
  const caught = prefixProof(rule(1), closes, options);
  expect(caught.isPassed).toBe(false);
  expect(caught.differences.every(({ cutBar, bar }) => cutBar === bar)).toBe(true);
});
