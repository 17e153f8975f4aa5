import { expect, test } from "vitest";
import { runHeadline } from "./run-headline.ts";
import { testGroup, testResult, testSummary, testVerdict } from "./run-summary.test-support.ts";

const BEATS = testVerdict({
  ...{ kind: "beats", reason: "shown", difference: -0.008, relativeDifference: -0.012 },
  ...{ lower: -0.012, upper: -0.003, pValue: 0.001, pAdjusted: 0.002 },
});

test("where nothing beats the baselines, that stands first, with the best of what was tried", () => {
  const { tone, title, sentence } = runHeadline("models", testSummary());
  expect(tone).toBe("warn");
  expect(title).toBe("None of 2 models beats its baselines");
  expect(sentence).toBe(
    "The best, Logistic regression, against the last direction: log loss +0.20 % (+0.001, 90 % interval −0.002 to +0.004). Corrected for 2 comparisons.",
  );
});

test("one that beats them is named with its difference, its interval and the comparisons", () => {
  const summary = testSummary({
    results: [
      testResult({ model: "1", verdict: testVerdict() }),
      testResult({ model: "2", verdict: BEATS }),
    ],
  });
  const { tone, title, sentence } = runHeadline("models", summary);
  expect(tone).toBe("good");
  expect(title).toBe(
    "Gradient boosting beats the last direction: log loss −1.20 % (−0.008, 90 % interval −0.012 to −0.003)",
  );
  expect(sentence).toBe("Corrected for 2 comparisons.");
});

test("on several groups it is told on how many", () => {
  const summary = testSummary({
    groups: [testGroup("0", "A / B"), testGroup("1", "C / D")],
    results: ["0", "1"].flatMap((group) => [
      testResult({ model: "1", group, verdict: testVerdict() }),
      testResult({ model: "2", group, verdict: group === "0" ? BEATS : testVerdict() }),
    ]),
  });
  const { title, sentence } = runHeadline("models", summary);
  expect(title).toBe("1 of 2 models beats its baselines on 1 of 2 groups of rows");
  expect(sentence).toBe("Gradient boosting. Corrected for 4 comparisons.");
});

test("regression: the best single one of several groups stood for the run", () => {
  const verdict = (relativeDifference: number) =>
    testVerdict({ difference: 0.001, relativeDifference });
  const summary = testSummary({
    groups: [testGroup("0", "A / B"), testGroup("1", "C / D")],
    results: [
      testResult({ model: "0", group: "0", scores: { logLoss: 0.5 } }),
      testResult({ model: "0", group: "1", scores: { logLoss: 1.5 } }),
      // Far ahead on one group, and behind by as much as it is on the other.
      testResult({
        ...{ model: "1", group: "0", scores: { logLoss: 0.4 }, verdict: verdict(-0.2) },
      }),
      testResult({
        ...{ model: "1", group: "1", scores: { logLoss: 1.8 }, verdict: verdict(0.2) },
      }),
      // On one group only, so that it is not held against the others.
      testResult({
        ...{ model: "2", group: "0", scores: { logLoss: 0.1 }, verdict: verdict(-0.8) },
      }),
    ],
  });
  expect(runHeadline("models", summary).sentence).toBe(
    "The best by the mean over 2 groups of rows, Logistic regression, against the last direction: log loss +10.00 %. Corrected for 3 comparisons.",
  );
});

test("that the bot finds its own rule again is no success", () => {
  const summary = testSummary({
    groups: [
      testGroup("0:0", "BTC, label: the rule"),
      testGroup("1:0", "BTC, label: the next bar"),
    ],
    results: [
      testResult({ model: "1", group: "0:0", verdict: BEATS }),
      testResult({ model: "1", group: "1:0", verdict: testVerdict() }),
    ],
  });
  const { tone, title } = runHeadline("bot", summary);
  expect(tone).toBe("warn");
  expect(title).toBe("Logistic regression does not beat its baselines on the next bar");
});

test("where nothing could be trained nothing is praised", () => {
  const results = [testResult({ model: "1", refusal: "too few rows" })];
  expect(runHeadline("models", testSummary({ results })).title).toBe("No model could be judged");
});

test.each([
  { earlier: { finished: 0, unfinished: 0 }, words: "Corrected for 2 comparisons." },
  {
    earlier: { finished: 2, unfinished: 0 },
    words: "not corrected for 2 earlier runs on the same prices.",
  },
  {
    earlier: { finished: 0, unfinished: 1 },
    words: "not corrected for one earlier run on the same prices, which was seen and not finished.",
  },
  {
    earlier: { finished: 2, unfinished: 1 },
    words:
      "not corrected for 3 earlier runs on the same prices, one of them seen and not finished.",
  },
])(
  "regression: a cancelled run that was looked at did not count, $earlier",
  ({ earlier, words }) => {
    expect(runHeadline("models", testSummary(), earlier).sentence).toContain(words);
  },
);
