// What a learner finds where there is nothing, and where there is something. The numbers of false discoveries are
// those of seeded pairs, so that they are the same every time.
import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { assembleDataset } from "../labels/assemble-dataset.ts";
import type { LabelSpec } from "../labels/label-spec.ts";
import { foldsOf } from "../splits/folds-of.ts";
import { type GroupModel, judgeGroup, judgeGroups } from "./judge-run.ts";
import { baselinesOf, defaultParameters, LEARNERS, type LearnerKind } from "./learners.ts";
import { fitRecipe, recipePredictions } from "./recipe.ts";

const BARS = 300;
const HOUR_MS = 3_600_000;

/** How much of the next change of the spread the volume tells, in standard deviations; 0: nothing does. */
type Planted = { readonly seed: number; readonly strength: number };

/** Two walks; what leg Y's volume was above its usual shows in the next change of its price. */
function pairBars({ seed, strength }: Planted) {
  const random = createRandom(seed, 77);
  const [y, x, volume] = [0, 1, 2].map(() => new Float64Array(BARS));
  if (y === undefined || x === undefined || volume === undefined) throw new Error("three columns");
  let [logY, logX, told] = [4, 4, 0];
  for (let t = 0; t < BARS; t++) {
    logY += 0.01 * (strength * told + random.gaussian());
    logX += 0.01 * random.gaussian();
    told = random.gaussian();
    y[t] = Math.exp(logY);
    x[t] = Math.exp(logX);
    volume[t] = 1000 * Math.exp(0.5 * told);
  }
  return {
    openTimeMs: Float64Array.from({ length: BARS }, (_, t) => t * HOUR_MS),
    columns: { "close-y": y, "close-x": x, "volume-y": volume, "volume-x": volume },
  };
}

const FEATURES: readonly FeatureSpec[] = [
  { kind: "z-score", of: "spread", windowBars: 20 },
  { kind: "delta", of: "spread", lagBars: 1 },
  { kind: "volume", of: "volume-y", periodBars: 10 },
];

const LABEL: LabelSpec = {
  kind: "direction",
  of: "spread",
  horizonBars: 1,
  deadZone: 0,
  hedge: "held",
  unit: "absolute",
  windowBars: 20,
};

const ASKED: readonly LearnerKind[] = ["logistic", "decision-tree"];

/** Models that beat the best baseline on a pair, corrected for their number. */
function beating(planted: Planted): number {
  const bars = pairBars(planted);
  const spread = { kind: "rolling", windowBars: 40, price: "log" } as const;
  const rows = assembleDataset(
    [{ name: "pair", symbols: ["Y", "X"], bars, spread }],
    FEATURES,
    LABEL,
  );
  const folds = foldsOf(rows.times, {
    kind: "walk-forward",
    foldCount: 2,
    trainingShare: 0.4,
    window: "expanding",
    purge: "labels",
    embargoBars: 0,
  });
  const kinds = [...baselinesOf("classification", true), ...ASKED];
  const models = kinds.map((kind): GroupModel => {
    const recipe = {
      learner: kind,
      parameters: defaultParameters(kind),
      preparation: [{ kind: "standardise" } as const],
      balance: "none" as const,
    };
    const outputs = folds.map(({ training, test: asked }) =>
      recipePredictions(fitRecipe(rows, training, recipe, { seed: 1 }), rows, asked),
    );
    return {
      key: kind,
      label: LEARNERS[kind].label,
      isBaseline: !ASKED.includes(kind),
      outcome: { kind: "trained", outputs },
    };
  });
  const [verdicts] = judgeGroups([judgeGroup(rows, folds, models, { seed: planted.seed })]);
  return [...(verdicts ?? new Map()).values()].filter(({ kind }) => kind === "beats").length;
}

describe("verdicts", () => {
  test("on 200 pairs of random walks some model beats its baselines in no more than the level allows", () => {
    let found = 0;
    for (let seed = 1; seed <= 200; seed++) found += beating({ seed, strength: 0 }) > 0 ? 1 : 0;
    // 5 % of 200 is 10; with 19 or more once in 250 times if the level is kept exactly.
    expect(found).toBeLessThan(19);
  });

  test("where volume tells the next change, it is found", () => {
    let found = 0;
    for (let seed = 1; seed <= 20; seed++) found += beating({ seed, strength: 1.2 }) > 0 ? 1 : 0;
    expect(found).toBeGreaterThanOrEqual(18);
  });
});
