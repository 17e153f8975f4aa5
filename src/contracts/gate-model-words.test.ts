import { describe, expect, test } from "vitest";
import { firstUnseenMs, gateModelName, seenBarsRefusal } from "./gate-model-words.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MODEL = {
  ...{ name: "Reverter", version: 3, stage: "live" as const, isDeleted: false },
  intervalMs: HOUR_MS,
  learnedUntilMs: Date.UTC(2024, 2, 31, 23),
};

test("a version is called by its model, its number and its stage", () => {
  expect(gateModelName(MODEL)).toBe("Reverter v3 (live)");
  expect(gateModelName({ ...MODEL, isDeleted: true })).toBe("Reverter v3 (deleted)");
});

describe("a single run behind a model", () => {
  test("may start with the bar after the last that the model has learned from", () => {
    expect(seenBarsRefusal(MODEL, { startMs: firstUnseenMs(MODEL) })).toBeNull();
  });

  test("is refused at that bar, with the first that is allowed", () => {
    expect(seenBarsRefusal(MODEL, { startMs: MODEL.learnedUntilMs })).toBe(
      "Reverter v3 (live) has learned from bars up to 2024-03-31 23:00 UTC, and the trading period starts at 2024-03-31 23:00 UTC: start trading at 2024-04-01 00:00 UTC or later, or walk forward, which trains it anew",
    );
  });

  test("is told days where bars are days", () => {
    const daily = { ...MODEL, intervalMs: DAY_MS, learnedUntilMs: Date.UTC(2024, 2, 31) };
    expect(seenBarsRefusal(daily, { startMs: Date.UTC(2024, 0, 1) })).toMatch(
      /up to 2024-03-31, .* at 2024-01-01: start trading at 2024-04-01 or later/,
    );
  });
});
