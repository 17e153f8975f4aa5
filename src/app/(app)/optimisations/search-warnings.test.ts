import { expect, test } from "vitest";
import type { OptimisationConfig, TrialRow } from "#contracts/optimisation.ts";
import { atRangeEnds } from "./search-warnings.ts";

const CONFIG: OptimisationConfig = {
  space: {
    window: { kind: "range", from: 20, to: 59, step: 10 },
    entry: { kind: "range", from: 1, to: 3, step: 0.1 },
    stop: { kind: "values", values: [3, 4, 5, null] },
    log: { kind: "values", values: [true, false] },
  },
  method: { kind: "grid" },
  objective: "sharpeRatio",
  tradesMin: 0,
};

const best = (parameters: TrialRow["parameters"]): TrialRow => ({
  trial: 0,
  parameters,
  figures: {},
  neighbours: null,
});

test.each([
  { parameters: { window: 50, entry: 2, stop: 4, log: true }, ends: ["window"] },
  { parameters: { window: 30, entry: 3, stop: null, log: true }, ends: ["entry"] },
  { parameters: { window: 30, entry: 2, stop: 3, log: false }, ends: ["stop"] },
  { parameters: { window: 30, entry: 1.1, stop: 4, log: false }, ends: [] },
])("$parameters lies at the end of $ends", ({ parameters, ends }) => {
  expect(atRangeEnds(best(parameters), CONFIG)).toEqual(ends);
});

test("two values have no ends to speak of", () => {
  const config = {
    ...CONFIG,
    space: { window: { kind: "range" as const, from: 10, to: 20, step: 10 } },
  };
  expect(atRangeEnds(best({ window: 10 }), config)).toEqual([]);
});
