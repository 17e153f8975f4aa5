import { expect, test } from "vitest";
import type { GateModelView } from "#contracts/gate-model.ts";
import { gateOptions, seenBarsWords } from "./gate-choice.ts";

const HOUR_MS = 3_600_000;
const MODEL: GateModelView = {
  modelVersionId: "b",
  modelId: "m",
  ...{ name: "Reverter", version: 2, stage: "live", isDeleted: false },
  ...{ legs: 2, intervalMs: HOUR_MS, learnedUntilMs: Date.UTC(2024, 2, 31, 23) },
};
const OLDER: GateModelView = { ...MODEL, modelVersionId: "a", version: 1, stage: "candidate" };
const PAIRS = { intervalMs: HOUR_MS, legsMax: 2, chosen: "" };

const labels = (models: readonly GateModelView[], strategy = PAIRS) =>
  gateOptions(models, strategy).map(({ label }) => label);

test("any version can be chosen by name, not only the one that is live", () => {
  expect(labels([MODEL, OLDER])).toEqual(["none", "Reverter v2 (live)", "Reverter v1 (candidate)"]);
});

test("what the strategy cannot stand behind is left out, but not what it stands behind already", () => {
  expect(labels([MODEL], { ...PAIRS, intervalMs: 1 })).toEqual(["none"]);
  expect(labels([MODEL], { ...PAIRS, intervalMs: 1, chosen: "b" })).toContain("Reverter v2 (live)");
  expect(labels([MODEL], { ...PAIRS, legsMax: 1 })).toEqual(["none"]);
  expect(labels([], { ...PAIRS, chosen: "a" })).toEqual(["none", "the version that was saved"]);
});

test("it is said until when a model has learned, and from when it may be traded", () => {
  expect(seenBarsWords(MODEL)).toBe(
    "It has learned from bars up to 2024-03-31 23:00 UTC. A backtest over bars before that is refused: a single run may trade from 2024-04-01 00:00 UTC on.",
  );
});
