import { expect, test } from "vitest";
import { firstSteps, nextStep, type WorkspaceCounts } from "./first-steps.ts";

const NOTHING: WorkspaceCounts = {
  ownSeries: 0,
  universes: 0,
  finishedScans: 0,
  strategies: 0,
  reports: 0,
  shares: 0,
};

test("a new workspace begins with prices", () => {
  expect(nextStep(firstSteps(NOTHING))?.id).toBe("ownSeries");
});

test("a universe of common instruments makes one's own prices unnecessary", () => {
  expect(nextStep(firstSteps({ ...NOTHING, universes: 1 }))?.id).toBe("finishedScans");
});

test("the demo has all but a link of one's own", () => {
  const demo = { ...NOTHING, universes: 1, finishedScans: 1, strategies: 2, reports: 2 };
  expect(nextStep(firstSteps(demo))?.id).toBe("shares");
});

test("no step is next when all are done", () => {
  const all = { ...NOTHING, universes: 1, finishedScans: 1, strategies: 1, reports: 1, shares: 1 };
  expect(nextStep(firstSteps(all))).toBeNull();
});
