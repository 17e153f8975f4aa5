import { expect, test } from "vitest";
import type { RunResult } from "#contracts/learning-run.ts";
import { publishedWarnings } from "./published-warnings.ts";

function rlrt(group: string, wholeTrendAccuracy: number | null): RunResult {
  return {
    ...{ model: "rlrt", group, refusal: null, scores: { wholeTrendAccuracy }, intervals: {} },
    ...{ verdict: null, trials: 0, seconds: 1 },
  };
}

test.each([
  { shares: [0.41, 0.424], words: "right in 41.7 %, mean over the pairs: worse than a coin." },
  { shares: [0.48, 0.53], words: "right in 50.5 %, mean over the pairs: no better than a coin." },
  { shares: [0.6, null], words: "right in 60.0 %, mean over the pairs: better than a coin." },
])(
  "regression: 41.7 % of trends was called hardly better than a coin, $shares",
  ({ shares, words }) => {
    const results = shares.map((share, place) => rlrt(String(place), share));
    expect(publishedWarnings(results).join(" ")).toContain(words);
  },
);

test("where RLRT has no trend nothing is said of how often it is right", () => {
  expect(publishedWarnings([rlrt("0", null)]).join(" ")).not.toContain("RLRT");
});
