import { expect, test } from "vitest";
import { cadenceWords } from "./schedule-words.ts";

test.each([
  { cadence: { kind: "daily", hourUtc: 6 }, words: "every day at 06:00 UTC" },
  { cadence: { kind: "weekly", weekday: 1, hourUtc: 0 }, words: "every Monday at 00:00 UTC" },
  { cadence: { kind: "weekly", weekday: 7, hourUtc: 23 }, words: "every Sunday at 23:00 UTC" },
] as const)("a cadence reads $words", ({ cadence, words }) => {
  expect(cadenceWords(cadence)).toBe(words);
});
