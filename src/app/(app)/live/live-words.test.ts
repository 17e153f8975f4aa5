import { expect, test } from "vitest";
import { LIVE_PRESETS } from "#contracts/live-settings.ts";
import { ageInWords, guardInWords, settingsInWords } from "./live-words.ts";

test.each([
  { ageMs: -20, words: "0.0 s" },
  { ageMs: 400, words: "0.4 s" },
  { ageMs: 9_960, words: "10 s" },
  { ageMs: 99_600, words: "2 min" },
  { ageMs: 7_200_000, words: "2 h" },
])("an age of $ageMs ms is $words", ({ ageMs, words }) => {
  expect(ageInWords(ageMs)).toBe(words);
});

test("settings are one line", () => {
  expect(settingsInWords(LIVE_PRESETS.default)).toBe(
    "1m bars, log prices, OLS over 240, z over 60, |z| > 2",
  );
  expect(settingsInWords(LIVE_PRESETS.desk)).toBe(
    "1s bars, prices, one ratio over the buffer, z over 50, |z| > 2",
  );
});

test("a guard that is not green says why", () => {
  expect(guardInWords({ guard: "GREEN", issues: [] })).toBe(
    "Nothing speaks against trading this pair now.",
  );
  expect(guardInWords({ guard: "YELLOW", issues: ["liquid"] })).toBe(
    "Something speaks against it: less than usual is traded in one of the legs.",
  );
});
