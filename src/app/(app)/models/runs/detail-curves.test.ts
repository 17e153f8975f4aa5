import { expect, test } from "vitest";
import type { ClassCurves } from "#contracts/learning-run.ts";
import type { LearningCurve } from "#ui/charts/learning-curve-option.ts";
import { chosenRows } from "./chosen-rows.ts";
import {
  calibrationCurves,
  curvesByClass,
  dependenceCurves,
  learningCurve,
  learningCurveLead,
  precisionRecallCurve,
  rocCurve,
} from "./detail-curves.ts";

const ROC = { x: [0, 1], y: [0, 1] };
const CURVES: ClassCurves = {
  ...{ roc: ROC, rocAuc: 0.5634, precisionRecall: { x: [0, 1], y: [1, 0.5] } },
  ...{ averagePrecision: 0.4, share: 0.25 },
  calibration: { predicted: [0.2, 0.7], observed: [0.3, 0.6], rows: [10, 20] },
};
const namesOf = (curve: LearningCurve | null) => curve?.lines.map(({ name }) => name);

test("curves of two classes are those of the last, beside what guessing gives", () => {
  const curves = curvesByClass({ classCurves: [CURVES, CURVES], confusion: null }, ["down", "up"]);
  expect(namesOf(rocCurve(curves))).toEqual(["up, AUC 0.563", "Guessing, AUC 0.500"]);
  const precisionRecall = precisionRecallCurve(curves);
  expect(namesOf(precisionRecall)).toEqual(["up, average precision 0.400", "Guessing, 0.250"]);
  expect(precisionRecall?.lines[1]?.points).toEqual([
    [0, 0.25],
    [1, 0.25],
  ]);
});

test("regression: of three classes only the last was drawn", () => {
  const classes = ["stop", "time", "profit"];
  const never = { ...CURVES, roc: null, rocAuc: null };
  const curves = curvesByClass({ classCurves: [CURVES, never, CURVES], confusion: null }, classes);
  expect(namesOf(rocCurve(curves))).toEqual([
    "stop, AUC 0.563",
    "profit, AUC 0.563",
    "Guessing, AUC 0.500",
  ]);
  expect(namesOf(precisionRecallCurve(curves.slice(0, 2)))).toEqual([
    "stop, average precision 0.400",
    "Guessing stop, 0.250",
    "time, average precision 0.400",
    "Guessing time, 0.250",
  ]);
  expect(new Set(curves.map(({ colour }) => colour)).size).toBe(3);
});

test("a result from before curves were kept of each class draws those of its last", () => {
  const older = {
    ...{ roc: ROC, precisionRecall: CURVES.precisionRecall, calibration: CURVES.calibration },
    confusion: [
      [50, 25],
      [15, 10],
    ],
  };
  const curves = curvesByClass(older, ["down", "up"]);
  expect(namesOf(rocCurve(curves))).toEqual(["up", "Guessing, AUC 0.500"]);
  expect(namesOf(precisionRecallCurve(curves))).toEqual(["up", "Guessing, 0.250"]);
});

test("what is said and what came make a point each, beside what is perfect", () => {
  const curves = curvesByClass({ classCurves: [CURVES, CURVES], confusion: null }, ["down", "up"]);
  expect(calibrationCurves(curves)?.lines).toMatchObject([
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

test("a curve by size stands at the rows that were learned from, beside the test rows", () => {
  const curve = { unit: "row", at: [100, 800], training: [0.5, 0.6], validation: [0.9, 0.7] };
  const drawn = learningCurve({ learningCurve: curve }, "Log loss");
  expect(drawn?.x.name).toBe("Rows learned from");
  expect(drawn?.lines.map(({ name, points }) => [name, points])).toEqual([
    [
      "Learned from",
      [
        [100, 0.5],
        [800, 0.6],
      ],
    ],
    [
      "Test rows",
      [
        [100, 0.9],
        [800, 0.7],
      ],
    ],
  ]);
  expect(learningCurveLead({ learningCurve: curve })).toContain("longer history");
});

test("regression: the words of a learning curve spoke of a share that was not held back", () => {
  const curve = { unit: "round", training: [0.7, 0.6], validation: [null, null] };
  expect(learningCurveLead({ learningCurve: curve })).toContain("None were held back");
  const held = { ...curve, validation: [0.7, 0.69] };
  expect(learningCurveLead({ learningCurve: held })).toContain("what was held back turns up");
});

test("a task without a curve draws none", () => {
  const curves = curvesByClass({ classCurves: [], confusion: null }, []);
  expect(rocCurve(curves)).toBeNull();
  expect(precisionRecallCurve(curves)).toBeNull();
  expect(calibrationCurves(curves)).toBeNull();
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
