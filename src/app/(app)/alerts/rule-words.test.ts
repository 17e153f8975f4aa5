import { expect, test } from "vitest";
import { conditionInWords } from "./rule-words.ts";

const pair = {
  kind: "pair",
  watchedPairId: "6f1e2c6e-8d0a-4b58-9d0e-0d6f1c1f7a11",
  metric: "z-score",
} as const;

test.each([
  {
    name: "a plain threshold",
    rule: { subject: pair, operator: "above", threshold: 2, hysteresis: 0 } as const,
    words: "z-score rises above 2",
  },
  {
    name: "hysteresis tells where the rule is armed again",
    rule: { subject: pair, operator: "absolute-above", threshold: 2, hysteresis: 0.5 } as const,
    words: "z-score is further from zero than 2, armed again below 1.5",
  },
  {
    name: "hysteresis of a fall lies above",
    rule: { subject: pair, operator: "below", threshold: -2, hysteresis: 0.5 } as const,
    words: "z-score falls below -2, armed again above -1.5",
  },
  {
    name: "a job has no threshold",
    rule: {
      subject: { kind: "job", metric: "job-failed" },
      operator: "above",
      threshold: 0,
      hysteresis: 0,
    } as const,
    words: "A job fails",
  },
])("a condition in words: $name", ({ rule, words }) => {
  expect(conditionInWords(rule).replaceAll("−", "-")).toBe(words);
});
