import { expect, test } from "vitest";
import type { GateModelView } from "#contracts/gate-model.ts";
import type { DirectionLabel } from "#quant/learning/labels/label-spec.ts";
import { gateChoice, ownLineWords, seenBarsWords } from "./gate-choice.ts";

const HOUR_MS = 3_600_000;
const MODEL: GateModelView = {
  modelVersionId: "b",
  modelId: "m",
  ...{ name: "Reverter", version: 2, stage: "live", isDeleted: false },
  ...{ legs: 2, intervalMs: HOUR_MS, learnedUntilMs: Date.UTC(2024, 2, 31, 23) },
  ...{ classCount: 2, subject: null },
};
const OLDER: GateModelView = { ...MODEL, modelVersionId: "a", version: 1, stage: "candidate" };
const PAIRS = { kind: "z-score-reversion", intervalMs: HOUR_MS, chosen: "" } as const;

const choiceOf = (models: readonly GateModelView[], strategy: Partial<Strategy> = {}) => {
  const { options, refused } = gateChoice(models, { ...PAIRS, ...strategy });
  return { labels: options.map(({ label }) => label), refused };
};
type Strategy = Parameters<typeof gateChoice>[1];

test("any version can be chosen by name, not only the one that is live", () => {
  expect(choiceOf([MODEL, OLDER])).toEqual({
    labels: ["none", "Reverter v2 (live)", "Reverter v1 (candidate)"],
    refused: [],
  });
});

test("what the strategy cannot stand behind is left out with the reason, but not what it stands behind already", () => {
  const other = choiceOf([MODEL, OLDER], { intervalMs: 60_000 });
  expect(other.labels).toEqual(["none"]);
  expect(other.refused).toEqual([
    {
      reason: "The model is of bars of another interval than the strategy",
      names: ["Reverter v2 (live)", "Reverter v1 (candidate)"],
    },
  ]);
  const chosen = choiceOf([MODEL], { intervalMs: 60_000, chosen: "b" });
  expect(chosen.labels).toContain("Reverter v2 (live)");
  expect(choiceOf([MODEL], { kind: "momentum-ranking" }).labels).toEqual(["none"]);
  expect(choiceOf([], { chosen: "a" }).labels).toEqual(["none", "the version that was saved"]);
});

test("regression: a model of one instrument stood before a pair, and leg X was never asked about", () => {
  const { labels, refused } = choiceOf([{ ...MODEL, legs: 1 }]);
  expect(labels).toEqual(["none"]);
  expect(refused[0]?.reason).toMatch(/single instruments, and the strategy trades spreads/);
});

test("it is said until when a model has learned, and from when it may be traded", () => {
  expect(seenBarsWords(MODEL)).toBe(
    "It has learned from bars up to 2024-03-31 23:00 UTC. A backtest over bars before that is refused: a single run may trade from 2024-04-01 00:00 UTC on.",
  );
});

test("regression: that a model measures the spread by another line was not said", () => {
  const label: DirectionLabel = {
    ...{ kind: "direction", of: "spread", horizonBars: 1, deadZone: 0 },
    ...{ hedge: "held", unit: "absolute", windowBars: 20 },
  };
  const spread = { kind: "rolling", windowBars: 250, price: "log" } as const;
  expect(ownLineWords({ subject: { label, spread } })).toBe(
    "It measures the spread by a line of its own (rolling regression), whatever line the strategy trades.",
  );
  expect(ownLineWords({ subject: { label, spread: null } })).toBeNull();
  expect(ownLineWords(MODEL)).toBeNull();
});
