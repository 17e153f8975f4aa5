import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { assembleDataset } from "../labels/assemble-dataset.ts";
import type { Dataset } from "../labels/dataset.ts";
import type { LabelSpec } from "../labels/label-spec.ts";
import { foldsOf } from "../splits/folds-of.ts";
import { valuesAt } from "../training-data.ts";
import { defaultParameters, isLearnerKind, LEARNERS, type LearnerKind } from "./learners.ts";
import { fitRecipe, type Recipe, recipePredictions } from "./recipe.ts";
import { rowLosses } from "./row-losses.ts";
import { searchParameters } from "./search-parameters.ts";
import { trainOnFold } from "./train-on-fold.ts";

const BARS = 320;

/** A pair whose spread returns to its mean, so that something can be learned. */
function pairBars(seed: number) {
  const random = createRandom(seed);
  const x = new Float64Array(BARS);
  const y = new Float64Array(BARS);
  let walk = 4;
  let spread = 0;
  for (let t = 0; t < BARS; t++) {
    walk += 0.01 * random.gaussian();
    spread = 0.8 * spread + 0.02 * random.gaussian();
    x[t] = Math.exp(walk);
    y[t] = Math.exp(0.5 + walk + spread);
  }
  return {
    openTimeMs: Float64Array.from({ length: BARS }, (_, t) => t * 3_600_000),
    columns: { "close-y": y, "close-x": x },
  };
}

const SPREAD = {
  kind: "fixed",
  hedgeRatio: 1,
  intercept: 0.5,
  knownFromMs: null,
  price: "log",
} as const;
const DIRECTION: LabelSpec = {
  kind: "direction",
  of: "spread",
  horizonBars: 1,
  deadZone: 0,
  hedge: "held",
  unit: "absolute",
  windowBars: 20,
};
const CHANGE: LabelSpec = {
  kind: "change",
  of: "spread",
  horizonBars: 2,
  form: "difference",
  hedge: "held",
  unit: "absolute",
  windowBars: 20,
};

function datasetOf(label: LabelSpec, seeds: readonly number[] = [1]): Dataset {
  return assembleDataset(
    seeds.map((seed) => ({
      name: `pair ${seed}`,
      symbols: [`Y${seed}`, `X${seed}`],
      bars: pairBars(seed),
      spread: SPREAD,
    })),
    [
      { kind: "column", of: "spread" },
      { kind: "delta", of: "spread", lagBars: 1 },
      { kind: "z-score", of: "spread", windowBars: 20 },
    ],
    label,
  );
}

const SMALL: Partial<Record<LearnerKind, Recipe["parameters"]>> = {
  "random-forest": { treeCount: 10, leafRowsMin: 5 },
  "gradient-boosting": { rounds: 20 },
  gru: { lengthBars: 4, units: 4, epochs: 3 },
  lstm: { lengthBars: 4, units: 4, epochs: 2, architecture: "encoder-decoder" },
};

function recipeOf(kind: LearnerKind): Recipe {
  return {
    learner: kind,
    parameters: { ...defaultParameters(kind), ...SMALL[kind] },
    preparation: [{ kind: "standardise" }],
    balance: "none",
  };
}

const CHRONOLOGICAL = {
  kind: "chronological",
  trainingShare: 0.7,
  purge: "features-and-labels",
  embargoBars: 0,
} as const;

const KINDS = Object.keys(LEARNERS).filter(isLearnerKind);
const CASES = KINDS.flatMap((kind) =>
  LEARNERS[kind].tasks.map((task) => ({ kind, task, pairs: kind === "arima" ? [1] : [1, 2] })),
);

describe("every learner", () => {
  test.each(CASES)(
    "$kind, $task: answers, the same again, also after a file",
    ({ kind, task, pairs }) => {
      const dataset = datasetOf(task === "regression" ? CHANGE : DIRECTION, pairs);
      const [fold] = foldsOf(dataset.times, CHRONOLOGICAL);
      if (fold === undefined) throw new Error("no fold");
      const recipe = recipeOf(kind);
      const fitted = fitRecipe(dataset, fold.training, recipe, { seed: 7 });
      const outputs = recipePredictions(fitted, dataset, fold.test);
      const again = fitRecipe(dataset, fold.training, recipe, { seed: 7 });
      expect(recipePredictions(again, dataset, fold.test)).toEqual(outputs);
      expect(recipePredictions(structuredClone(fitted), dataset, fold.test)).toEqual(outputs);
      const width = Math.max(1, dataset.classCount);
      expect(outputs.length).toBe(fold.test.length * width);
      expect(outputs.every(Number.isFinite)).toBe(true);
      if (dataset.classCount === 0) return;
      for (let i = 0; i < outputs.length; i += width) {
        const sum = outputs.subarray(i, i + width).reduce((total, p) => total + p, 0);
        expect(sum).toBeCloseTo(1, 5);
      }
    },
  );

  test.each(CASES)(
    "$kind, $task: answers of a row do not know what comes after it",
    ({ kind, task, pairs }) => {
      const dataset = datasetOf(task === "regression" ? CHANGE : DIRECTION, pairs);
      const [fold] = foldsOf(dataset.times, CHRONOLOGICAL);
      if (fold === undefined) throw new Error("no fold");
      const fitted = fitRecipe(dataset, fold.training, recipeOf(kind), { seed: 7 });
      const place = fold.test[20] ?? 0;
      const asked = Int32Array.of(place);
      const whole = recipePredictions(fitted, dataset, asked);
      const bar = dataset.bars[place] ?? 0;
      const cut = {
        ...dataset,
        target: dataset.target.map((value, i) => (i > place ? 1 - value : value)),
        table: {
          ...dataset.table,
          columns: dataset.table.columns.map((column) =>
            column.map((value, i) => (i > place ? 99 : value)),
          ),
        },
        sources: dataset.sources.map((source) =>
          source.map((value, t) => (t > bar ? Number.NaN : value)),
        ),
      };
      expect(recipePredictions(fitted, cut, asked)).toEqual(whole);
    },
  );
});

describe("training on a fold", () => {
  test("finds what a returning spread gives away, and says which feature told it", () => {
    const dataset = datasetOf(DIRECTION, [1, 2, 3]);
    const [fold] = foldsOf(dataset.times, CHRONOLOGICAL);
    if (fold === undefined) throw new Error("no fold");
    const task = { recipe: recipeOf("logistic"), search: null, isExplained: true };
    const { outputs, explanation } = trainOnFold(dataset, fold, task, { seed: 1 });
    const right = fold.test.filter(
      (place, i) => (outputs[2 * i + 1] ?? 0) > 0.5 === (dataset.target[place] === 1),
    );
    expect(right.length / fold.test.length).toBeGreaterThan(0.55);
    expect(explanation?.importance[0]?.feature).toMatch(/spread/);
  });

  test("a search scores within the training rows only: other test rows change nothing that it finds", () => {
    const dataset = datasetOf(DIRECTION, [1, 2]);
    const [fold] = foldsOf(dataset.times, CHRONOLOGICAL);
    if (fold === undefined) throw new Error("no fold");
    const search = {
      method: "tpe",
      trials: 6,
      innerSplit: { ...CHRONOLOGICAL, kind: "purged-k-fold", foldCount: 3 },
    } as const;
    const { trainingShare: _, ...innerSplit } = search.innerSplit;
    const task = {
      recipe: recipeOf("decision-tree"),
      search: { ...search, innerSplit },
      isExplained: false,
    };
    const seen = trainOnFold(dataset, fold, task, { seed: 3 });
    const first = fold.test[0] ?? 0;
    const changed = {
      ...dataset,
      target: dataset.target.map((value, i) => (i >= first ? 1 - value : value)),
    };
    const other = trainOnFold(changed, fold, task, { seed: 3 });
    expect(seen.trials).toHaveLength(6);
    expect(other.trials).toEqual(seen.trials);
    expect(other.outputs).toEqual(seen.outputs);
  });

  test.each<{ kind: LearnerKind; unit: string | null }>([
    { kind: "logistic", unit: "row" },
    { kind: "neighbours", unit: "row" },
    { kind: "random-forest", unit: "row" },
    { kind: "gradient-boosting", unit: "round" },
    { kind: "gru", unit: "epoch" },
    { kind: "autoregression", unit: null },
  ])("$kind tells its loss by $unit", ({ kind, unit }) => {
    const dataset = datasetOf(DIRECTION, [1, 2]);
    const [fold] = foldsOf(dataset.times, CHRONOLOGICAL);
    if (fold === undefined) throw new Error("no fold");
    const task = { recipe: recipeOf(kind), search: null, isExplained: true };
    const { outputs, curve } = trainOnFold(dataset, fold, task, { seed: 1 });
    expect(curve?.unit ?? null).toBe(unit);
    if (curve?.at === undefined) return;
    expect(curve.at.at(-1)).toBe(fold.training.length);
    expect([...curve.at]).toEqual([...curve.at].sort((a, b) => a - b));
    // All rows is the model that is scored.
    const losses = rowLosses(valuesAt(dataset.target, fold.test), outputs, dataset.classCount);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(curve.validation.at(-1)).toBeCloseTo(mean, 12);
    expect(curve.training.every(Number.isFinite)).toBe(true);
  });

  test("regression: trials of networks were scored on different rows; all are on those of the longest window", () => {
    const dataset = datasetOf(DIRECTION);
    const rows = Int32Array.from(dataset.target.keys());
    const fold = { training: rows.slice(100), test: rows.slice(0, 100), purged: 0, embargoed: 0 };
    const losses = (target: Float64Array) =>
      searchParameters({ ...dataset, target }, [fold], recipeOf("gru"), {
        seed: 2,
        search: { method: "random", trials: 3 },
      }).trials.map(({ loss }) => loss);
    const turned = (count: number) =>
      losses(dataset.target.map((value, i) => (i < count ? 1 - value : value)));
    const asItIs = losses(dataset.target);
    expect(asItIs.every((loss) => loss !== null)).toBe(true);
    // The longest window is of 40 bars.
    expect(turned(39)).toEqual(asItIs);
    expect(turned(40)).not.toEqual(asItIs);
  });
});
