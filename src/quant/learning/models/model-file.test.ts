import { describe, expect, test } from "vitest";
import { stateToJson } from "../../strategies/state-json.ts";
import { createRandom } from "../../synthetic/random.ts";
import { assembleDataset } from "../labels/assemble-dataset.ts";
import type { LabelSpec } from "../labels/label-spec.ts";
import { driftReference } from "../scores/drift-reference.ts";
import { defaultParameters, type LearnerKind } from "./learners.ts";
import { type ModelFile, modelFileLengthMin, modelFileText, readModelFile } from "./model-file.ts";
import { grantedShare } from "./model-gate.ts";
import { fitRecipe } from "./recipe.ts";
import { barsRead, latestPrediction, predictBars } from "./usable-model.ts";

const BARS = 260;
const SPREAD = { kind: "rolling", windowBars: 30, price: "log" } as const;
const LABEL: LabelSpec = {
  kind: "direction",
  of: "spread",
  horizonBars: 1,
  deadZone: 0,
  hedge: "held",
  unit: "absolute",
  windowBars: 20,
};

const random = createRandom(5);
const walk = () => {
  let level = 4;
  return Float64Array.from({ length: BARS }, () => {
    level += 0.01 * random.gaussian();
    return Math.exp(level);
  });
};
const bars = {
  openTimeMs: Float64Array.from({ length: BARS }, (_, t) => t * 3_600_000),
  columns: { "close-y": walk(), "close-x": walk() },
};

function fileOf(learner: LearnerKind): Omit<ModelFile, "format" | "version"> {
  const features = [
    { kind: "z-score", of: "spread", windowBars: 10 },
    { kind: "ema", of: "spread", periodBars: 5 },
  ] as const;
  const group = { name: "pair", symbols: ["Y", "X"], bars, spread: SPREAD };
  const rows = assembleDataset([group], features, LABEL);
  const recipe = {
    learner,
    parameters: { ...defaultParameters(learner), ...(learner === "gru" ? { epochs: 1 } : {}) },
    preparation: [{ kind: "standardise" }],
    balance: "none",
  } as const;
  const fitted = fitRecipe(rows, Int32Array.from(rows.target.keys()), recipe, { seed: 2 });
  return {
    model: { fitted, features, label: LABEL, spreads: [SPREAD], incomplete: "drop" },
    training: { recipe, search: null, weighting: "none" },
    spread: SPREAD,
    books: [[1, 2]],
    intervalMs: 3_600_000,
    span: { startMs: 0, endMs: BARS * 3_600_000 },
    seed: 2,
    drift: [driftReference(rows.table, { losses: null, horizonBars: 1 })],
  };
}

describe("the file of a model", () => {
  test.each(["logistic", "random-forest", "gradient-boosting", "gru", "autoregression"] as const)(
    "of %s answers after reading what it did before, to the bit",
    (learner) => {
      const file = fileOf(learner);
      const read = readModelFile(modelFileText(file));
      const [before, after] = [file.model, read.model].map((model) => predictBars(model, bars, 0));
      expect(after?.outputs).toEqual(before?.outputs);
      expect(after?.outputs.some(Number.isFinite)).toBe(true);
    },
  );

  test("of the version before, with arrays as digits, is read as well", () => {
    const file = fileOf("random-forest");
    const older = stateToJson({ format: "pairdesk-model", version: 2, ...file });
    const [before, after] = [file.model, readModelFile(older).model].map((model) =>
      predictBars(model, bars, 0),
    );
    expect(after?.outputs).toEqual(before?.outputs);
  });

  test("regression: the file of a large forest had its numbers as digits, and took most of a minute to be read", () => {
    const file = fileOf("random-forest");
    const numbers = createRandom(1);
    // As many numbers as a hundred trees of 50,000 rows have learned.
    const learned = {
      threshold: Float64Array.from({ length: 1_400_000 }, () => numbers.gaussian()),
      left: Int32Array.from({ length: 1_400_000 }, (_, i) => -i),
      missingLeft: new Uint8Array(1_400_000),
    };
    const fitted = { ...file.model.fitted, model: learned };
    const large = { ...file, model: { ...file.model, fitted } };
    const text = modelFileText(large);
    expect(text.length).toBeGreaterThan(20_000_000);
    expect(modelFileLengthMin(fitted)).toBeLessThanOrEqual(text.length);
    expect(modelFileLengthMin(fitted) / text.length).toBeGreaterThan(0.99);
    const back = readModelFile(text).model.fitted.model as typeof learned;
    for (const name of ["threshold", "left", "missingLeft"] as const) {
      const same = learned[name].every((value, i) => Object.is(value, back[name][i]));
      expect([name, same, back[name].length]).toEqual([name, true, 1_400_000]);
    }
  });

  const text = modelFileText(fileOf("logistic"));
  test.each([
    { name: "no JSON", file: "model", message: /not JSON/ },
    { name: "another thing", file: '{"format":"pairdesk-strategy"}', message: /no model/ },
    {
      name: "another version",
      file: text.replace('"version":3', '"version":1'),
      message: /version 1, and 2 and 3 are read/,
    },
    { name: "a part missing", file: text.replace('"seed":2', '"sown":2'), message: /lacks a part/ },
    {
      name: "a feature of another kind",
      file: text.replace('"kind":"ema"', '"kind":"future"'),
      message: /a feature of the file: kind/,
    },
    {
      name: "a learner that does not exist",
      file: text.replace('"learner":"logistic"', '"learner":"oracle"'),
      message: /oracle/,
    },
  ])("is refused: $name", ({ file, message }) => {
    expect(() => readModelFile(file)).toThrow(message);
  });
});

test("a prediction needs no more bars than it says: the last of them give the same answer", () => {
  const { model } = fileOf("logistic");
  const from = BARS - barsRead(model);
  const last = {
    openTimeMs: bars.openTimeMs.subarray(from),
    columns: {
      "close-y": bars.columns["close-y"].subarray(from),
      "close-x": bars.columns["close-x"].subarray(from),
    },
  };
  const [whole, short] = [latestPrediction(model, bars, 0), latestPrediction(model, last, 0)];
  expect(short?.[1]).toBeCloseTo(whole?.[1] ?? Number.NaN, 9);
});

describe("what a gate grants", () => {
  const direction = LABEL;
  const change: LabelSpec = { ...LABEL, kind: "change", form: "difference" } as LabelSpec;
  const reversion = {
    kind: "triple-barrier",
    side: "reversion",
    timeOut: "own-class",
  } as LabelSpec;
  test.each([
    {
      name: "approves what is likely enough",
      label: direction,
      said: [0.3, 0.7],
      mode: "approve",
      threshold: 0.6,
      side: 1,
      is: 1,
    },
    {
      name: "refuses the other side of it",
      label: direction,
      said: [0.3, 0.7],
      mode: "approve",
      threshold: 0.6,
      side: -1,
      is: 0,
    },
    {
      name: "vetoes only what it speaks against",
      label: direction,
      said: [0.45, 0.55],
      mode: "veto",
      threshold: 0.6,
      side: -1,
      is: 1,
    },
    {
      name: "vetoes it",
      label: direction,
      said: [0.3, 0.7],
      mode: "veto",
      threshold: 0.6,
      side: -1,
      is: 0,
    },
    {
      name: "sizes by how sure it is",
      label: direction,
      said: [0.4, 0.6],
      mode: "size",
      threshold: 0.8,
      side: 1,
      is: 0.75,
    },
    {
      name: "gives nothing to the less likely side",
      label: direction,
      said: [0.4, 0.6],
      mode: "size",
      threshold: 0.8,
      side: -1,
      is: 0,
    },
    {
      name: "takes a change for what it is",
      label: change,
      said: [-0.02],
      mode: "approve",
      threshold: 0.01,
      side: -1,
      is: 1,
    },
    {
      name: "sizes a change",
      label: change,
      said: [0.005],
      mode: "size",
      threshold: 0.01,
      side: 1,
      is: 0.5,
    },
    {
      name: "counts a profit of the reverting side for it",
      label: reversion,
      said: [0.2, 0.1, 0.7],
      mode: "approve",
      threshold: 0.6,
      side: 1,
      is: 1,
    },
    {
      name: "counts its profit against the other side",
      label: reversion,
      said: [0.2, 0.1, 0.7],
      mode: "veto",
      threshold: 0.6,
      side: -1,
      is: 0,
    },
  ] as const)("$name", ({ label, said, mode, threshold, side, is }) => {
    expect(grantedShare(Float64Array.from(said), label, { mode, threshold }, side)).toBeCloseTo(
      is,
      12,
    );
  });
});
