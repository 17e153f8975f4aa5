import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TrainingData, tableRows, valuesAt } from "#quant/learning/training-data.ts";
import { DEFAULT_BOOSTING } from "#quant/learning/trees/boosting-parameters.ts";
import { gradientBoosting } from "#quant/learning/trees/gradient-boosting.ts";
import { DEFAULT_FOREST, randomForest } from "#quant/learning/trees/random-forest.ts";
import type { TreeModel } from "#quant/learning/trees/tree-ensemble.ts";
import { treeProbabilities } from "#quant/learning/trees/tree-probabilities.ts";
import { scoreTreeRow, treeScores } from "#quant/learning/trees/tree-scores.ts";
import { treeShap } from "#quant/learning/trees/tree-shap.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";

const TRAIN_ROWS = 16_000;
const TEST_ROWS = 4_000;
const FEATURES = 30;
/** Features that tell clusters apart, and sums of them; the others are noise. */
const INFORMATIVE = 10;
const REDUNDANT = 6;
const CLUSTERS = 6;
const FLIPPED_SHARE = 0.08;
/** Sets on which boosting is compared, and how many of them a forest is, which takes long there. */
const SETS = 8;
const FOREST_SETS = 4;

type LearningSet = { readonly train: TrainingData; readonly test: TrainingData };

/** How long scikit-learn trains, and its area under the ROC curve on the test rows. */
type Measured = { readonly seconds: number; readonly auc: number };
type Reference = { readonly boosting: Measured; readonly forest: Measured | null };

/** Boosting, forest and their predictions on one core, beside scikit-learn where Python has it. */
export function learningTrees(): readonly Figure[] {
  const sets = Array.from({ length: SETS }, (_, i) => learningSet(i + 1));
  const references = sklearnReferences(sets);
  return [
    ...boosting(sets, references?.map((reference) => reference.boosting) ?? null),
    ...forest(
      sets.slice(0, FOREST_SETS),
      references?.flatMap(({ forest: of }) => of ?? []) ?? null,
    ),
  ];
}

function boosting(
  sets: readonly LearningSet[],
  references: readonly Measured[] | null,
): readonly Figure[] {
  const name = "boosting, 200 trees of 31 leaves, 16,000 × 30";
  const train = (data: TrainingData) => gradientBoosting(data, DEFAULT_BOOSTING, { seed: 1 });
  const [first] = sets;
  if (first === undefined) return [];
  const { best, median } = timing(() => train(first.train), 6);
  const areas = sets.map((set) => areaUnderRoc(train(set.train), set.test));
  return [
    atMost(name, best, 2, "s"),
    observed(`${name}, median`, median, "s"),
    ...comparison(name, { best, areas, within: 0.002 }, references),
    ...predictions(train(first.train), first.test),
  ];
}

/** Of one boosted model: one row at a time, all of them, and what each feature adds. */
function predictions(model: TreeModel, test: TrainingData): readonly Figure[] {
  const rows = Array.from({ length: TEST_ROWS }, (_, i) =>
    Float64Array.from(test.table.columns, (column) => column[i] ?? Number.NaN),
  );
  const scores = new Float64Array(1);
  const oneByOne = timing(() => {
    for (const row of rows) scoreTreeRow(model.ensemble, row, scores);
  }, 12);
  const batch = timing(() => treeScores(model, test.table), 12);
  const few = tableRows(
    test.table,
    Int32Array.from({ length: 100 }, (_, i) => i),
  );
  const shap = timing(() => treeShap(model, few), 4);
  return [
    atMost("boosting, prediction of one row", (oneByOne.best / TEST_ROWS) * 1e6, 50, "µs"),
    observed("boosting, a row of many", (batch.best / TEST_ROWS) * 1e6, "µs"),
    observed("boosting, SHAP values of one row", (shap.best / 100) * 1e3, "ms"),
  ];
}

function forest(
  sets: readonly LearningSet[],
  references: readonly Measured[] | null,
): readonly Figure[] {
  const name = "random forest, 100 full trees, 16,000 × 30";
  const train = (data: TrainingData) => randomForest(data, DEFAULT_FOREST, { seed: 1 });
  const [first] = sets;
  if (first === undefined) return [];
  const { best, median } = timing(() => train(first.train), 3);
  const areas = sets.map((set) => areaUnderRoc(train(set.train), set.test));
  return [
    atMost(name, best, 4, "s"),
    observed(`${name}, median`, median, "s"),
    ...comparison(name, { best, areas, within: 0.005 }, references),
  ];
}

/** Areas under the curve, their mean difference to scikit-learn's, and how much longer that takes. */
function comparison(
  name: string,
  ours: { readonly best: number; readonly areas: readonly number[]; readonly within: number },
  references: readonly Measured[] | null,
): readonly Figure[] {
  const area = observed(`${name}, AUC`, mean(ours.areas), "");
  if (references === null) return [area];
  const differences = ours.areas.map((auc, i) => auc - (references[i]?.auc ?? Number.NaN));
  const fastest = Math.min(...references.map(({ seconds }) => seconds));
  const sets = `mean of ${differences.length} sets`;
  return [
    area,
    atMost(
      `${name}, AUC against scikit-learn, |${sets}|`,
      Math.abs(mean(differences)),
      ours.within,
      "",
    ),
    observed(`${name}, AUC less scikit-learn's, ${sets}`, mean(differences), ""),
    observed(`${name}, against scikit-learn`, fastest / ours.best, "times"),
  ];
}

/** The same sets by scikit-learn on one core; null where Python has none. */
function sklearnReferences(sets: readonly LearningSet[]): readonly Reference[] | null {
  const folder = mkdtempSync(path.join(tmpdir(), "learning-trees-"));
  sets.forEach(({ train, test }, i) => {
    const columns = train.table.columns.flatMap((column, j) => [column, test.table.columns[j]]);
    writeFileSync(path.join(folder, `${i}.features`), joined(columns));
    writeFileSync(path.join(folder, `${i}.target`), joined([train.target, test.target]));
  });
  const script = path.join(import.meta.dirname, "learning-reference.py");
  const sizes = [sets.length, FOREST_SETS, TRAIN_ROWS, TEST_ROWS, FEATURES].map(String);
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };
  try {
    // Debian's package belongs to the system's Python, which need not be the first one found.
    for (const python of ["python3", "/usr/bin/python3"]) {
      const args = ["-W", "ignore", script, folder, ...sizes];
      const run = spawnSync(python, args, { encoding: "utf8", env });
      if (run.status !== 0) continue;
      const lines = run.stdout.trim().split("\n");
      return lines.map((line): Reference => JSON.parse(line));
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function joined(parts: readonly (Float64Array | undefined)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) =>
      Buffer.from(part?.buffer ?? new ArrayBuffer(0), part?.byteOffset, part?.byteLength),
    ),
  );
}

/**
 * Two classes of three clusters each: points around corners of a cube, stretched and turned at random,
 * sums of them, and noise; of 8 % of the rows the class is wrong. In the manner of scikit-learn's
 * make_classification.
 */
function learningSet(seed: number): LearningSet {
  const n = TRAIN_ROWS + TEST_ROWS;
  const { uniform, gaussian } = createRandom(seed);
  const matrix = (rows: number): readonly Float64Array[] =>
    Array.from({ length: rows }, () =>
      Float64Array.from({ length: INFORMATIVE }, () => 2 * uniform() - 1),
    );
  const corners = Array.from({ length: CLUSTERS }, () =>
    Float64Array.from({ length: INFORMATIVE }, () => (uniform() < 0.5 ? -1 : 1)),
  );
  const shapes = corners.map(() => matrix(INFORMATIVE));
  const sums = matrix(REDUNDANT);
  const columns = Array.from({ length: FEATURES }, () => new Float64Array(n));
  const target = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const cluster = Math.floor(uniform() * CLUSTERS);
    const isFlipped = uniform() < FLIPPED_SHARE;
    target[i] = (cluster % 2 === 1) !== isFlipped ? 1 : 0;
    const normal = Float64Array.from({ length: INFORMATIVE }, gaussian);
    const point = Float64Array.from(
      shapes[cluster] ?? [],
      (row, j) => (corners[cluster]?.[j] ?? 0) + dot(row, normal),
    );
    columns.forEach((column, j) => {
      if (j < INFORMATIVE) column[i] = point[j] ?? 0;
      else if (j < INFORMATIVE + REDUNDANT) column[i] = dot(sums[j - INFORMATIVE] ?? point, point);
      else column[i] = gaussian();
    });
  }
  const names = columns.map((_, j) => `x${j}`);
  const part = (from: number, to: number): TrainingData => {
    const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
    const table = tableRows({ names, columns, rowCount: n }, rows);
    return { table, target: valuesAt(target, rows), classCount: 2, weights: null };
  };
  return { train: part(0, TRAIN_ROWS), test: part(TRAIN_ROWS, n) };
}

/** How often a row of class 1 has a higher probability than one of class 0, ties half. */
function areaUnderRoc(model: TreeModel, test: TrainingData): number {
  const p = treeProbabilities(model, test.table).filter((_, i) => i % 2 === 1);
  const order = Array.from(p.keys()).sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0));
  let below = 0;
  let pairs = 0;
  for (let i = 0; i < order.length; ) {
    let [zeros, ones] = [0, 0];
    const value = p[order[i] ?? 0];
    for (; i < order.length && p[order[i] ?? 0] === value; i++) {
      if (test.target[order[i] ?? 0] === 1) ones++;
      else zeros++;
    }
    pairs += ones * (below + zeros / 2);
    below += zeros;
  }
  return pairs / (below * (order.length - below));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * (b[j] ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
