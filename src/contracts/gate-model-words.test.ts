import { describe, expect, test } from "vitest";
import type { DirectionLabel } from "#quant/learning/labels/label-spec.ts";
import {
  firstUnseenMs,
  gateModelName,
  gateProblem,
  gateRefusal,
  seenBarsRefusal,
} from "./gate-model-words.ts";

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

describe("a model before a strategy", () => {
  const label: DirectionLabel = {
    ...{ kind: "direction", of: "spread", horizonBars: 1, deadZone: 0 },
    ...{ hedge: "held", unit: "absolute", windowBars: 20 },
  };
  const spread = { kind: "rolling", windowBars: 250, price: "log" } as const;
  const kalman = { kind: "kalman", delta: 1e-4, observationVariance: 1e-3, price: "log" } as const;
  const model = { intervalMs: HOUR_MS, legs: 2, subject: { label, spread } };
  const PAIR = { kind: "z-score-reversion", intervalMs: HOUR_MS } as const;
  const RANKED = { ...PAIR, kind: "momentum-ranking" } as const;

  test.each([
    { name: "of pairs before pairs", is: null },
    { name: "of another interval", strategy: { ...PAIR, intervalMs: 1 }, is: /another interval/ },
    { name: "of pairs before instruments", strategy: RANKED, is: /is of pairs/ },
    {
      name: "of instruments before instruments",
      of: { legs: 1, subject: { label: { ...label, of: "close" as const }, spread: null } },
      strategy: RANKED,
      is: null,
    },
    { name: "of instruments before pairs", of: { legs: 1 }, is: /know nothing of the other/ },
    {
      name: "of a volume",
      of: { subject: { label: { ...label, of: "volume-y" as const }, spread } },
      is: /volume of leg y/,
    },
    { name: "of a Kalman filter", of: { subject: { label, spread: kalman } }, is: /whole past/ },
    { name: "whose card does not say", of: { subject: null }, is: null },
  ])("$name", ({ of = {}, strategy = PAIR, is }) => {
    const refusal = gateRefusal({ ...model, ...of }, strategy);
    if (is === null) expect(refusal).toBeNull();
    else expect(refusal).toMatch(is);
  });

  test("regression: a threshold of 5 was taken for a probability", () => {
    const gate = { modelVersionId: "", mode: "approve", threshold: 5 } as const;
    const of = (classCount: number) => gateProblem({ ...model, classCount }, { ...PAIR, gate });
    expect(of(2)).toMatchObject({ field: "threshold" });
    expect(of(0)).toBeNull();
  });
});
