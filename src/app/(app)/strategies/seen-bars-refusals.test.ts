import { expect, test } from "vitest";
import type { GateModelView } from "#contracts/gate-model.ts";
import { seenBarsRefusals } from "./seen-bars-refusals.ts";
import { testVersion } from "./strategy.test-support.ts";

const FREE = testVersion();
const { startMs } = FREE.config.trading;

function behind(learnedUntilMs: number) {
  const gateModel: GateModelView = {
    ...{ modelVersionId: "v", modelId: "m", name: "Reverter", version: 1, stage: "draft" },
    ...{ isDeleted: false, legs: 2, intervalMs: FREE.config.intervalMs, learnedUntilMs },
    ...{ classCount: 2, subject: null },
  };
  return { ...FREE, gateModel };
}

test("a run that would trade bars which its model has seen is refused before it starts, by the date", () => {
  expect(seenBarsRefusals([behind(startMs), behind(startMs)])).toEqual([
    expect.stringMatching(
      /^Reverter v1 \(draft\) .* start trading at 2023-07-01 01:00 UTC or later/,
    ),
  ]);
});

test("nothing is said of one whose bars are new to it, or without a model", () => {
  expect(seenBarsRefusals([FREE, behind(startMs - 1)])).toEqual([]);
});
