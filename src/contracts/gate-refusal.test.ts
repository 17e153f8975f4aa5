import { describe, expect, test } from "vitest";
import type { DirectionLabel } from "#quant/learning/labels/label-spec.ts";
import { gateProblem, gateRefusal } from "./gate-refusal.ts";

const HOUR_MS = 3_600_000;

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
