import { describe, expect, test } from "vitest";
import type { ScanPairRow } from "#contracts/scan.ts";
import type { ScanPairFunnel } from "#contracts/scan-funnel.ts";
import { barsInWords, durationInWords } from "./bars-in-words.ts";
import {
  halfLifeSentence,
  hedgeRatioSentence,
  pValueSentence,
  qValueSentence,
  verdictSentence,
} from "./pair-sentences.ts";

const HOUR_MS = 3_600_000;
const CONTEXT = { intervalMs: HOUR_MS, significance: 0.05 };
const ROW: ScanPairRow = {
  instrumentY: 1,
  instrumentX: 2,
  symbolY: "AAA",
  symbolX: "BBB",
  refusal: null,
  observations: 4_343,
  hedgeRatio: 0.87,
  intercept: 0.1,
  statisticYx: -5,
  pValueYx: 0.0001,
  lagsYx: 1,
  statisticXy: -4.9,
  pValueXy: 0.0002,
  lagsXy: 1,
  pValue: 0.0001,
  qValue: 0.01,
  halfLifeBars: 38,
  correlation: 0.8,
};

describe("barsInWords", () => {
  test.each([
    { name: "hourly bars beyond a day", bars: 38, expected: "38 bars (1.6 days)" },
    { name: "one bar", bars: 1, expected: "1 bar (1 hour)" },
    { name: "less than ten bars", bars: 2.345, expected: "2.3 bars (2.3 hours)" },
    { name: "two years", bars: 17_520, expected: "17,520 bars (2 years)" },
  ])("names the time of $name", ({ bars, expected }) => {
    expect(barsInWords(bars, HOUR_MS)).toBe(expected);
  });

  test("a time below a second is still in seconds", () => {
    expect(durationInWords(200)).toBe("0.2 seconds");
  });
});

const FUNNEL: ScanPairFunnel = {
  stage: "passed",
  reason: null,
  pValue: 0.0001,
  rank: 1,
  cluster: 3,
  combinedPValue: 0.021,
  johansenPValue: 0.01,
  hurst: 0.3,
  meanCrossings: 60,
};

describe("verdictSentence of a funnel", () => {
  test.each([
    { name: "passed", row: { ...ROW, funnel: FUNNEL }, says: "passed every stage" },
    {
      name: "fell out",
      row: { ...ROW, funnel: { ...FUNNEL, stage: "hurst", reason: "hurst-too-high" } as const },
      says: "fell out of the funnel: the Hurst exponent is too high",
    },
    {
      name: "passed by the naive test",
      row: { ...ROW, pValueXy: null, qValue: null, funnel: FUNNEL },
      says: "combined p-value of the right test is 0.021",
    },
    {
      name: "passed by the naive test where the right one has no answer",
      row: { ...ROW, pValueXy: null, funnel: { ...FUNNEL, combinedPValue: null } },
      says: "has no answer",
    },
  ])("says of a pair that it $name", ({ row, says }) => {
    expect(verdictSentence(row, CONTEXT)).toContain(says);
  });
});

describe("verdictSentence", () => {
  test.each([
    { name: "a discovery", row: ROW, says: "too steadily for chance" },
    { name: "a rejection that does not survive", row: { ...ROW, qValue: 0.4 }, says: "by chance" },
    { name: "no rejection", row: { ...ROW, pValue: 0.6, qValue: 0.9 }, says: "no sign" },
    { name: "a refused pair", row: { ...ROW, refusal: "too-short" }, says: "not tested" },
  ])("tells $name from the others", ({ row, says }) => {
    expect(verdictSentence(row, CONTEXT)).toContain(says);
  });
});

test("a negative hedge ratio is said to be no hedge", () => {
  expect(hedgeRatioSentence(ROW)).toContain("stand 870 of BBB on the other side");
  expect(hedgeRatioSentence({ ...ROW, hedgeRatio: -0.5 })).toContain("not a hedge");
});

test("a spread without mean reversion has no half-life, in words", () => {
  expect(halfLifeSentence(ROW, CONTEXT)).toContain("38 bars (1.6 days)");
  expect(halfLifeSentence({ ...ROW, halfLifeBars: null }, CONTEXT)).toContain("no half-life");
});

test("very small p- and q-values are not spelled out", () => {
  expect(qValueSentence({ ...ROW, qValue: 1e-9 })).toContain("fewer than 1 in 10,000");
  expect(pValueSentence(1e-9, "AAA", "BBB")).toContain("fewer than 1 in 10,000");
  expect(pValueSentence(0.012, "AAA", "BBB")).toContain("about 1.2 in 100");
});

test("figures that do not exist have no sentence", () => {
  expect(qValueSentence({ ...ROW, qValue: null })).toBeNull();
  expect(pValueSentence(null, "AAA", "BBB")).toBeNull();
});
