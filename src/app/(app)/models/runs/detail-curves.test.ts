import { expect, test } from "vitest";
import { chosenRows } from "./chosen-rows.ts";
import {
  calibrationCurve,
  dependenceCurves,
  learningCurve,
  precisionRecallCurve,
  rocCurve,
} from "./detail-curves.ts";

test("curves of classes stand beside what guessing gives", () => {
  const roc = rocCurve({ roc: { x: [0, 1], y: [0, 1] } });
  expect(roc?.lines.map(({ name }) => name)).toEqual(["Model", "Guessing"]);
  const precisionRecall = precisionRecallCurve({
    precisionRecall: { x: [0, 1], y: [1, 0.5] },
    confusion: [
      [50, 25],
      [15, 10],
    ],
  });
  expect(precisionRecall?.lines[1]?.points).toEqual([
    [0, 0.25],
    [1, 0.25],
  ]);
});

test("what is said and what came make a point each, beside what is perfect", () => {
  const calibration = { predicted: [0.2, 0.7], observed: [0.3, 0.6], rows: [10, 20] };
  expect(calibrationCurve({ calibration })?.lines).toMatchObject([
    {
      points: [
        [0.2, 0.3],
        [0.7, 0.6],
      ],
      hasSymbols: true,
    },
    { name: "Perfect", isDashed: true },
  ]);
});

test("rounds are counted from one, and nothing held back has no line", () => {
  const curve = { unit: "round", training: [0.7, 0.6], validation: [null, null] };
  const drawn = learningCurve({ learningCurve: curve }, "Log loss");
  expect(drawn?.lines).toMatchObject([
    {
      points: [
        [1, 0.7],
        [2, 0.6],
      ],
    },
  ]);
  const held = learningCurve({ learningCurve: { ...curve, validation: [0.7, 0.69] } }, "Log loss");
  expect(held?.lines.map(({ name }) => name)).toEqual(["Learned from", "Held back"]);
});

test("a task without a curve draws none", () => {
  expect(rocCurve({ roc: null })).toBeNull();
  expect(precisionRecallCurve({ precisionRecall: null, confusion: null })).toBeNull();
  expect(calibrationCurve({ calibration: null })).toBeNull();
  expect(learningCurve({ learningCurve: null }, "")).toBeNull();
  expect(dependenceCurves({ partialDependence: null }, "")).toEqual([]);
});

test("parameters that are the same in every fold are known as such", () => {
  const rows = chosenRows({
    chosen: [
      { penalty: 1, weighting: "uniform" },
      { penalty: 10, weighting: "uniform" },
    ],
    learned: [{ rounds: 40 }, {}],
  });
  expect(rows).toMatchObject([
    { name: "penalty", values: [1, 10], isSame: false },
    { name: "weighting", isSame: true },
    { name: "rounds", isLearned: true, values: [40, null], isSame: false },
  ]);
});
