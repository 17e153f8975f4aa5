import { expect, test } from "vitest";
import { trialRows } from "./trial-rows.ts";

const trial = (fold: number, loss: number | null) => ({ fold, loss, parameters: {} });

test("regression: trials of all folds were sorted by losses that are of different rows", () => {
  const trials = [trial(1, 0.2), trial(0, 0.7), trial(0, null), trial(0, 0.6), trial(0, 0.6)];
  const rows = trialRows(trials).map(({ fold, loss, number, rank }) => [fold, loss, number, rank]);
  expect(rows).toEqual([
    [0, 0.6, 3, 1],
    [0, 0.6, 4, 2],
    [0, 0.7, 1, 3],
    [0, null, 2, 4],
    [1, 0.2, 1, 1],
  ]);
});

test("the order of the rows goes from fold to fold", () => {
  expect(trialRows([trial(2, 1), trial(0, 2)]).map(({ fold, order }) => [fold, order])).toEqual([
    [0, 1],
    [2, 2],
  ]);
});
