import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { type NamedLosses, VERDICT_LEVEL } from "./loss-evidence.ts";
import { bestBaseline, modelVerdict, modelVerdicts } from "./model-verdict.ts";

function losses(rows: number, seed: number, shift = 0): Float64Array {
  const { gaussian } = createRandom(seed);
  return Float64Array.from({ length: rows }, () => 4 + shift + gaussian());
}

const ROWS = 300;
const named = (name: string, seed: number, shift = 0): NamedLosses => ({
  name,
  losses: losses(ROWS, seed, shift),
});
const options = { horizonBars: 1, seed: 1, replications: 200 };
const verdictOf = (modelLosses: Float64Array, baselineLosses: Float64Array) =>
  modelVerdict({ modelLosses, baselineLosses, baselineName: "last value", ...options });

describe("modelVerdict", () => {
  test("of a better model is that it beats, with the interval below 0", () => {
    const verdict = verdictOf(losses(ROWS, 1, -0.4), losses(ROWS, 2));
    expect(verdict).toMatchObject({
      kind: "beats",
      reason: "shown",
      baselineName: "last value",
      rows: ROWS,
      level: VERDICT_LEVEL,
    });
    const { interval, difference, relativeDifference, baselineLoss, p, pAdjusted, pWorse } =
      verdict;
    expect(interval!.lower).toBeLessThan(difference);
    expect(difference).toBeLessThan(interval!.upper);
    expect(interval!.upper).toBeLessThan(0);
    expect(relativeDifference).toBeCloseTo(difference / baselineLoss, 12);
    expect(relativeDifference).toBeCloseTo(-0.1, 1);
    expect(p).toBeLessThan(0.001);
    expect(pAdjusted).toBe(p);
    expect(p + pWorse).toBeCloseTo(1, 12);
  });

  test("of a worse model is that it is worse, of an equal one that it does not beat", () => {
    expect(verdictOf(losses(ROWS, 1, 0.4), losses(ROWS, 2))).toMatchObject({
      kind: "worse",
      reason: "shown",
    });
    expect(verdictOf(losses(ROWS, 1), losses(ROWS, 2))).toMatchObject({
      kind: "does-not-beat",
      reason: "not-shown",
    });
  });

  test.each([
    {
      name: "the same losses",
      model: losses(ROWS, 1),
      expected: { kind: "does-not-beat", reason: "equal", difference: 0, p: 1, interval: null },
    },
    {
      name: "always the same difference",
      model: losses(ROWS, 1, -1),
      expected: { kind: "undecided", reason: "constant-difference", p: 1, interval: null },
    },
    {
      name: "nineteen rows",
      model: losses(19, 2, -3),
      expected: { kind: "undecided", reason: "too-few-rows", p: 1, interval: null },
    },
  ])("of $name is an answer, not NaN", ({ model, expected }) => {
    const verdict = verdictOf(model, losses(ROWS, 1).slice(0, model.length));
    expect(verdict).toMatchObject(expected);
  });

  test("of a baseline that is never wrong has no relative difference", () => {
    const verdict = verdictOf(losses(ROWS, 1), new Float64Array(ROWS));
    expect(verdict).toMatchObject({ kind: "worse", relativeDifference: null });
  });

  test.each([
    { name: "of its own a bar", horizonBars: 1 },
    { name: "that overlap", horizonBars: 5 },
  ])(
    "of an equal model with labels $name is that it beats in no more than 5 %",
    ({ horizonBars }) => {
      let beats = 0;
      const runs = 300;
      for (let seed = 1; seed <= runs; seed++) {
        const shocks = losses(150 + horizonBars, seed);
        const modelLosses = Float64Array.from({ length: 150 }, (_, t) =>
          shocks.subarray(t, t + horizonBars).reduce((sum, value) => sum + value, 0),
        );
        const verdict = modelVerdict({
          modelLosses,
          baselineLosses: new Float64Array(150).fill(4 * horizonBars),
          baselineName: "mean",
          ...options,
          horizonBars,
          replications: 100,
        });
        if (verdict.kind === "beats") beats += 1;
      }
      // 5 % with a standard error of 1.3 %.
      expect(beats / runs).toBeLessThan(0.08);
      expect(beats).toBeGreaterThan(0);
    },
  );

  test("is the same for the same seed", () => {
    const [model, baseline] = [losses(ROWS, 1, -0.1), losses(ROWS, 2)];
    expect(verdictOf(model, baseline)).toEqual(verdictOf(model, baseline));
  });

  test.each([
    { name: "other rows", change: { modelLosses: losses(10, 1) }, code: "length-mismatch" },
    { name: "a level of a half", change: { level: 0.5 }, code: "out-of-range" },
    { name: "no horizon", change: { horizonBars: 0 }, code: "out-of-range" },
    {
      name: "a gap",
      change: { modelLosses: new Float64Array(ROWS).fill(Number.NaN) },
      code: "not-finite",
    },
  ])("refuses $name", ({ change, code }) => {
    const input = {
      modelLosses: losses(ROWS, 1),
      baselineLosses: losses(ROWS, 2),
      baselineName: "mean",
      ...options,
    };
    expect(() => modelVerdict({ ...input, ...change })).toThrow(expect.objectContaining({ code }));
  });
});

describe("modelVerdicts", () => {
  test("compares all with the baseline that did best on the same rows", () => {
    const baselines = [named("mean", 5, 0.2), named("last value", 6), named("majority", 7, 0.1)];
    const verdicts = modelVerdicts(
      [named("good", 1, -0.5), named("idle", 2), named("bad", 3, 0.5)],
      baselines,
      options,
    );
    expect(verdicts.map(({ modelName, kind }) => [modelName, kind])).toEqual([
      ["good", "beats"],
      ["idle", "does-not-beat"],
      ["bad", "worse"],
    ]);
    expect(verdicts.every(({ baselineName }) => baselineName === "last value")).toBe(true);
  });

  test("asks more of each of many models than of one", () => {
    const baselines = [named("last value", 6)];
    const model = named("fair", 1, -0.17);
    const [alone] = modelVerdicts([model], baselines, options);
    expect(alone).toMatchObject({ kind: "beats" });
    const others = Array.from({ length: 19 }, (_, i) => named(`idle ${i}`, 20 + i));
    const [among] = modelVerdicts([model, ...others], baselines, options);
    expect(among).toMatchObject({ kind: "does-not-beat", reason: "corrected" });
    expect(among!.p).toBe(alone!.p);
    expect(among!.pAdjusted).toBeCloseTo(20 * among!.p, 12);
    expect(among!.interval).toEqual(alone!.interval);
  });

  test("the first of equal baselines is taken, and there must be one", () => {
    const [one, same] = [named("one", 1), named("same", 1)];
    expect(bestBaseline([one, same]).name).toBe("one");
    expect(() => bestBaseline([])).toThrow(expect.objectContaining({ code: "too-short" }));
    expect(() => bestBaseline([one, { name: "short", losses: losses(5, 1) }])).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });

  test("tells how far it is over all models", () => {
    const shares: number[] = [];
    modelVerdicts([named("a", 1), named("b", 2)], [named("c", 3)], {
      ...options,
      onProgress: (share) => shares.push(share),
    });
    expect(shares).toEqual([...shares].sort((x, y) => x - y));
    expect(shares.at(-1)).toBe(1);
  });
});
