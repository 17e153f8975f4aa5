import { expect, test } from "vitest";
import {
  FigureReason,
  type PairAnalysisResult,
  PairTestName,
  type PairTestResult,
} from "#contracts/pair-analysis.ts";
import { figureRows, figureText } from "./figure-rows.ts";
import { REASON_WORDS, reasonSentence } from "./reason-words.ts";
import { signalCsv } from "./signal-words.ts";
import { pValueText, speaksFor, testSentence } from "./test-sentences.ts";

const PAIR = { symbolY: "AAA", symbolX: "BBB", intervalMs: 3_600_000, prices: "log" } as const;
const ROW: PairTestResult = {
  name: "adf",
  statistic: -4,
  pValue: 0.01,
  pValueClamped: null,
  criticalValue: -2.86,
  lags: 1,
  breakMs: null,
  reason: null,
};

test.each(PairTestName.options)("%s has another sentence when it rejects than when not", (name) => {
  const rejected = testSentence({ ...ROW, name }, PAIR);
  const kept = testSentence({ ...ROW, name, pValue: 0.5 }, PAIR);
  expect(rejected).not.toBe(kept);
  for (const sentence of [rejected, kept]) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test("tests of the two legs name them", () => {
  expect(testSentence({ ...ROW, name: "engle-granger-yx" }, PAIR)).toMatch(/BBB.*AAA/);
  expect(testSentence({ ...ROW, name: "engle-granger-xy" }, PAIR)).toMatch(/AAA.*BBB/);
});

test("KPSS and the break of the hedge ratio speak for a pair by not rejecting", () => {
  expect(speaksFor(ROW)).toBe(true);
  for (const name of ["kpss", "hedge-ratio-break"] as const) {
    expect(speaksFor({ ...ROW, name })).toBe(false);
    expect(speaksFor({ ...ROW, name, pValue: 0.1 })).toBe(true);
  }
  expect(speaksFor({ ...ROW, pValue: null })).toBeNull();
});

test("Phillips–Ouliaris has no p-value and rejects above its 5 % value", () => {
  const row = { ...ROW, name: "phillips-ouliaris-trace", pValue: null, criticalValue: 55 } as const;
  expect(speaksFor({ ...row, statistic: 60 })).toBe(true);
  expect(speaksFor({ ...row, statistic: 50 })).toBe(false);
  expect(testSentence({ ...row, statistic: 60 }, PAIR)).toMatch(/AAA.*BBB.*closer/);
  expect(pValueText({ ...row, statistic: 60 })).toBe("–");
});

test("a test without an answer says why, and one with a break says when", () => {
  const none = { ...ROW, statistic: null, pValue: null, reason: "too-short" } as const;
  expect(testSentence(none, PAIR)).toBe("Not known: there are too few bars.");
  const broken = { ...ROW, name: "zivot-andrews", breakMs: Date.UTC(2023, 4, 1) } as const;
  expect(testSentence(broken, PAIR)).toContain("2023");
});

test("a p-value beyond its table is shown as a bound", () => {
  expect(pValueText({ ...ROW, pValue: 0.01, pValueClamped: "low" })).toBe("< 0.01");
  expect(pValueText({ ...ROW, pValue: 0.1, pValueClamped: "high" })).toBe("> 0.1");
});

test("every reason has words", () => {
  for (const reason of FigureReason.options) {
    expect(REASON_WORDS[reason]).not.toBe("");
    expect(reasonSentence(reason)).toMatch(/^Not known: .*\.$/);
  }
});

const RESULT: PairAnalysisResult = {
  observations: 100,
  droppedBars: 0,
  firstOpenTimeMs: 0,
  lastOpenTimeMs: 1,
  hedge: {
    hedgeRatio: 0.8,
    intercept: 0.1,
    hedgeRatioError: null,
    interceptError: null,
    hedgeRatioInterval: [0.7, 0.9],
    rSquared: null,
    firstBar: 0,
    isCausal: false,
  },
  tests: [],
  reversion: {
    halfLifeLinearBars: null,
    halfLifeExactBars: 10,
    halfLifeReason: null,
    hurst: [{ method: "dfa", exponent: null, reason: "too-short" }],
    meanCrossings: 1_200,
    process: null,
    processReason: "no-mean-reversion",
  },
  roundTripCost: 0.002,
  thresholds: [
    {
      objective: "return",
      entry: null,
      exit: null,
      deviations: null,
      expectedTradeBars: null,
      expectedReturnPerBar: null,
      sharpePerRootBar: null,
      reason: "no-process",
    },
  ],
  signal: { quality: "LOW", guard: "RED", flags: [], issues: [] },
  structuralBreak: { statistic: 1, pValue: 0.27, breakMs: 0, reason: null },
  manifest: { configHash: "", dataHash: "", codeHash: "", series: [], computedAtMs: 0 },
  durationMs: 12,
};

test("every figure has a row of its own with a sentence, whether it has a value or not", () => {
  const rows = figureRows(RESULT, PAIR);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  for (const { sentence } of rows) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  const sentenceOf = (id: string) => rows.find((row) => row.id === id)?.sentence;
  expect(sentenceOf("half-life-exact")).toContain("10 bars (10 hours)");
  expect(sentenceOf("hurst-dfa")).toContain("too few bars");
  expect(sentenceOf("ou-kappa")).toContain("does not come back");
  expect(sentenceOf("return-entry")).toContain("no mean-reverting process");
});

test("the flags of a signal as CSV say what was measured, or why it was not", () => {
  const csv = signalCsv(
    {
      quality: "LOW",
      guard: "YELLOW",
      flags: [
        { name: "stationary", holds: true, value: 0.01, limit: 0.05, reason: null },
        { name: "liquid", holds: null, value: null, limit: 1, reason: "no-volume" },
      ],
      issues: [],
    },
    0,
  );
  const [, first, second] = csv.split("\r\n");
  expect(first).toBe("1970-01-01T00:00:00.000Z,Dickey–Fuller p below,0.05,0.01,true,,LOW,YELLOW");
  expect(second).toContain(",1,,,the prices came without volume,LOW,YELLOW");
});

test("regression: of logarithms the hedge ratio was said to count units", () => {
  const words = (prices: "log" | "level") =>
    figureRows(RESULT, { ...PAIR, prices })
      .filter(({ id }) => id === "hedge-ratio" || id === "intercept")
      .map(({ sentence }) => sentence);
  expect(words("log")).toEqual([
    expect.stringContaining("Money held in BBB against every 1 in AAA."),
    "Level of the spread, in logarithms of price.",
  ]);
  expect(words("level")).toEqual([
    expect.stringContaining("Units of BBB held against one of AAA."),
    "Level of the spread, in the unit of Y.",
  ]);
});

test("regression: the p-value of the CUSUM was written as 8.814e−25", () => {
  const row = figureRows(RESULT, PAIR).find(({ id }) => id === "cusum-p-value");
  if (row === undefined) throw new Error("there is no such row");
  expect(figureText({ ...row, value: 8.814e-25 })).toBe("< 0.0001");
});
