import { expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { assembleDataset } from "../labels/assemble-dataset.ts";
import type { LabelSpec } from "../labels/label-spec.ts";
import { foldsOf } from "../splits/folds-of.ts";
import { type GroupModel, judgeGroup } from "./judge-run.ts";
import { defaultParameters, type LearnerKind } from "./learners.ts";
import { fitRecipe, recipePredictions } from "./recipe.ts";

const BARS = 240;
const MEASURED = {
  of: "close",
  horizonBars: 2,
  hedge: "held",
  unit: "absolute",
  windowBars: 20,
} as const;
const DIRECTION: LabelSpec = { kind: "direction", deadZone: 0, ...MEASURED };
const CHANGE: LabelSpec = { kind: "change", form: "difference", ...MEASURED };

/** Prices that return to their mean, one series a seed. */
function rowsOf(label: LabelSpec, seeds: readonly number[]) {
  const groups = seeds.map((seed) => {
    const random = createRandom(seed);
    let price = 100;
    const close = Float64Array.from({ length: BARS }, () => {
      price = 100 + 0.8 * (price - 100) + random.gaussian();
      return price;
    });
    const openTimeMs = Float64Array.from(close.keys(), (t) => t * 3_600_000);
    return {
      name: `${seed}`,
      symbols: [`${seed}`],
      bars: { openTimeMs, columns: { close } },
      spread: null,
    };
  });
  return assembleDataset(groups, [{ kind: "delta", of: "close", lagBars: 1 }], label);
}

function judged(label: LabelSpec, kinds: readonly LearnerKind[], seeds: readonly number[] = [1]) {
  const rows = rowsOf(label, seeds);
  const split = {
    kind: "chronological",
    trainingShare: 0.5,
    purge: "labels",
    embargoBars: 0,
  } as const;
  const folds = foldsOf(rows.times, split);
  const models = kinds.map((kind, place): GroupModel => {
    const recipe = {
      learner: kind,
      parameters: defaultParameters(kind),
      preparation: [],
      balance: "none",
    } as const;
    const outputs = folds.map(({ training, test: asked }) =>
      recipePredictions(fitRecipe(rows, training, recipe, { seed: 1 }), rows, asked),
    );
    const outcome = { kind: "trained", outputs } as const;
    return { key: kind, label: kind, isBaseline: place === 0, outcome };
  });
  return judgeGroup(rows, folds, models, { seed: 3 });
}

test.each([
  { label: DIRECTION, kinds: ["majority-class", "logistic"] as const },
  { label: CHANGE, kinds: ["historical-mean", "ridge"] as const },
])(
  "regression: most scores of a $label.kind had no interval; all have one that holds the score",
  ({ label, kinds }) => {
    const { scores } = judged(label, kinds);
    const model = scores.get(kinds[1]);
    expect(Object.keys(model?.intervals ?? {}).sort()).toEqual(
      Object.keys(model?.scores ?? {}).sort(),
    );
    for (const [name, { lower, upper }] of Object.entries(model?.intervals ?? {})) {
      expect(model?.scores[name]).toBeGreaterThanOrEqual(lower);
      expect(model?.scores[name]).toBeLessThanOrEqual(upper);
    }
    expect(judged(label, kinds).scores).toEqual(scores);
  },
);

test("regression: rows of several sources had no score of each; each has that of its own rows", () => {
  const kinds = ["historical-mean", "ridge"] as const;
  const { rows, scores, memberScores } = judged(CHANGE, kinds, [1, 2, 3]);
  const members = memberScores.get("ridge") ?? [];
  expect(members).toHaveLength(3);
  // Of as many rows each, the mean of all is the mean of the three.
  expect(rows.places.length % 3).toBe(0);
  const errors = members.map((member) => member.scores["meanSquaredError"] ?? Number.NaN);
  expect(new Set(errors).size).toBe(3);
  const mean = errors.reduce((sum, error) => sum + error, 0) / 3;
  expect(mean).toBeCloseTo(scores.get("ridge")?.scores["meanSquaredError"] ?? 0, 12);
  expect(Object.keys(members[0]?.intervals ?? {})).toContain("meanSquaredError");
  expect(judged(CHANGE, kinds).memberScores.get("ridge")).toEqual([]);
});
