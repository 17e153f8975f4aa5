import { expect, test } from "vitest";
import type { Verdict } from "#contracts/model.ts";
import { differenceText, verdictWords } from "./verdict-words.ts";

const VERDICT: Verdict = {
  kind: "does-not-beat",
  reason: "not-shown",
  baseline: "Last value",
  difference: -0.002,
  relativeDifference: -0.0031,
  lower: -0.01,
  upper: 0.006,
  pValue: 0.21,
  pAdjusted: 0.31,
  rows: 1_200,
};

test("a model that is better only by luck does not beat the baseline, and says by how much", () => {
  const { tone, title, sentences } = verdictWords(VERDICT);
  expect(tone).toBe("warn");
  expect(title).toBe("Does not beat “Last value”");
  expect(sentences[0]).toBe(
    "Out of sample its loss is 0.31 % lower than the baseline's: difference −0.002, 90 % interval −0.01 to +0.006, one-sided p 0.31 corrected for the models compared, over 1,200 bars.",
  );
});

test("a difference without a share is told in the unit of the loss", () => {
  const verdict: Verdict = {
    ...VERDICT,
    ...{ kind: "worse", reason: "shown", difference: 0.5, relativeDifference: null },
  };
  expect(differenceText(verdict)).toBe("+0.5");
  const [figures, meaning] = verdictWords(verdict).sentences;
  expect(figures).toContain("0.5 higher than");
  expect(meaning).toBe("The baseline is the better choice.");
});

test("what does not vary has no interval and says so", () => {
  const verdict: Verdict = {
    ...VERDICT,
    ...{ reason: "equal", difference: 0, relativeDifference: 0, lower: null, upper: null },
  };
  expect(verdictWords(verdict).sentences[0]).toContain(
    "the same as the baseline's: difference 0, without an interval,",
  );
});

test("what cannot be decided is neither a success nor a failure", () => {
  const verdict: Verdict = { ...VERDICT, kind: "undecided", reason: "too-few-rows" };
  expect(verdictWords(verdict)).toMatchObject({
    ...{ tone: "warn", short: "Undecided", title: "Cannot be told from “Last value”" },
  });
});

test("a baseline has no verdict, and is called one", () => {
  expect(verdictWords(null, true)).toMatchObject({ tone: "neutral", short: "Baseline" });
});

test("regression: a model that could not be judged was called a baseline", () => {
  expect(verdictWords(null)).toMatchObject({ tone: "warn", short: "Not judged" });
});

test("regression: what is tested was counted in rows, of which several pairs have many at one bar", () => {
  expect(verdictWords({ ...VERDICT, rows: 3_101 }).sentences[0]).toMatch(/over 3,101 bars\.$/);
});
