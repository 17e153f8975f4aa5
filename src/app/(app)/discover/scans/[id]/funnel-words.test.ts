import { expect, test } from "vitest";
import { stageWords } from "./funnel-words.ts";

test.each([
  ["passed", "Passed"],
  ["half-life", "Fell out at half-life"],
  ["hurst", "Fell out at Hurst exponent"],
  ["johansen", "Fell out at Johansen"],
] as const)("regression: names lost their capital, of %s it says %s", (stage, words) => {
  expect(stageWords(stage)).toBe(words);
});
