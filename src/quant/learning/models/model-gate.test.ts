import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import type { SpreadSpec } from "../features/spread-spec.ts";
import { assembleDataset } from "../labels/assemble-dataset.ts";
import { labelColumn } from "../labels/label-column.ts";
import type { DirectionLabel, LabelSpec, TripleBarrierLabel } from "../labels/label-spec.ts";
import { gateObstacle, thresholdProblem } from "./gate-terms.ts";
import { modelGate } from "./model-gate.ts";
import { fitRecipe } from "./recipe.ts";
import type { UsableModel } from "./usable-model.ts";

const BARS = 300;
const SPREAD: SpreadSpec = { kind: "rolling", windowBars: 30, price: "log" };
const FEATURES: readonly FeatureSpec[] = [{ kind: "z-score", of: "spread", windowBars: 10 }];
const DIRECTION: DirectionLabel = {
  kind: "direction",
  of: "spread",
  ...{ horizonBars: 1, deadZone: 0, hedge: "held", unit: "absolute", windowBars: 20 },
};
const REVERSION: TripleBarrierLabel = {
  kind: "triple-barrier",
  of: "spread",
  ...{ side: "reversion", profit: 0.001, stop: null, limitBars: 20, timeOut: "by-result" },
  ...{ hedge: "held", unit: "absolute", windowBars: 20 },
};

/** Leg X rises on nine bars of ten; leg Y follows it at a distance that returns. */
function legs(seed: number) {
  const random = createRandom(seed);
  let [level, distance] = [4, 0];
  const y = new Float64Array(BARS);
  const x = new Float64Array(BARS);
  for (let t = 0; t < BARS; t++) {
    level += t % 10 === 0 ? -0.001 : 0.002;
    distance = 0.7 * distance + 0.01 * random.gaussian();
    x[t] = Math.exp(level);
    y[t] = Math.exp(level + distance);
  }
  return {
    openTimeMs: Float64Array.from({ length: BARS }, (_, t) => t * 3_600_000),
    columns: { "close-y": y, "close-x": x },
  };
}
const bars = legs(1);

/** A model that says the shares of the classes among its rows, whatever it is asked. */
function modelOf(label: LabelSpec): UsableModel {
  const group = { name: "pair", symbols: [], bars, spread: SPREAD };
  const rows = assembleDataset([group], FEATURES, label);
  const recipe = {
    ...{ learner: "majority-class", parameters: {}, preparation: [], balance: "none" as const },
  };
  const fitted = fitRecipe(rows, Int32Array.from(rows.target.keys()), recipe, { seed: 1 });
  return { fitted, features: FEATURES, label, spreads: [SPREAD], incomplete: "drop" };
}

/** What the gate grants to a long and a short entry after every bar. */
function grants(
  label: LabelSpec,
  mode: "approve" | "veto",
  seen = bars,
  hedgeRatio = 1,
): { readonly long: number[]; readonly short: number[] } {
  const training = { kind: "frozen", groups: [0] } as const;
  const gate = modelGate(modelOf(label), { mode, threshold: 0.6 }, training, 1);
  let state = gate.start([], 2);
  const granted = { long: [] as number[], short: [] as number[] };
  seen.openTimeMs.forEach((openTimeMs, bar) => {
    const close = Float64Array.of(
      seen.columns["close-y"][bar] ?? Number.NaN,
      seen.columns["close-x"][bar] ?? Number.NaN,
    );
    const event = { bar, openTimeMs, close, open: close, high: close, low: close, volume: close };
    state = gate.see(state, event);
    granted.long.push(gate.grant(state, 0, 1, hedgeRatio));
    granted.short.push(gate.grant(state, 0, -1, hedgeRatio));
  });
  return granted;
}

describe("a label about one leg", () => {
  test("regression: leg X was said to rise, and a long spread, which is short of it, was approved", () => {
    const label = { ...DIRECTION, of: "close-x" } as const;
    expect(modelOf(label).fitted.classCount).toBe(2);
    const approved = grants(label, "approve");
    expect([approved.long.at(-1), approved.short.at(-1)]).toEqual([0, 1]);
    const vetoed = grants(label, "veto");
    expect([vetoed.long.at(-1), vetoed.short.at(-1)]).toEqual([0, 1]);
  });

  test("is for a long spread where that holds leg X as well, and for none where it holds nothing of it", () => {
    const label = { ...DIRECTION, of: "close-x" } as const;
    const last = (hedgeRatio: number) => {
      const { long, short } = grants(label, "approve", bars, hedgeRatio);
      return [long.at(-1), short.at(-1)];
    };
    expect(last(-0.5)).toEqual([1, 0]);
    expect(last(0)).toEqual([0, 0]);
  });

  test("is of leg Y for a long spread", () => {
    const { long, short } = grants({ ...DIRECTION, of: "close-y", horizonBars: 20 }, "approve");
    expect([long.at(-1), short.at(-1)]).toEqual([1, 0]);
  });

  test("with a position in leg X is turned round as well", () => {
    const label: LabelSpec = { ...REVERSION, of: "close-x", side: "long" };
    const { long: ofLong, short: ofShort } = grants(label, "approve");
    expect([ofLong.at(-1), ofShort.at(-1)]).toEqual([0, 1]);
  });
});

describe("a label against the deviation", () => {
  const { long, short } = grants(REVERSION, "approve");
  /** Side that the label itself gives its position: it is long below the mean of its window. */
  const { source } = labelColumn(bars, REVERSION, SPREAD);
  const mean = (bar: number) => source.subarray(bar - 19, bar + 1).reduce((a, b) => a + b) / 20;
  const known = Array.from({ length: BARS }, (_, bar) => bar).filter((bar) => bar >= 60);

  test("regression: its profit approved entries that go with the deviation", () => {
    for (const bar of known) {
      const isBelow = source[bar]! < mean(bar);
      expect([bar, long[bar], short[bar]]).toEqual([bar, isBelow ? 1 : 0, isBelow ? 0 : 1]);
    }
  });

  test("vetoes an entry with the deviation, and no other", () => {
    const vetoed = grants(REVERSION, "veto");
    for (const bar of known) expect(vetoed.long[bar]).toBe(long[bar]);
  });

  test("grants what it does whatever comes afterwards", () => {
    const other = legs(2);
    for (const cut of [90, 171, 250]) {
      const mixed = (of: "close-y" | "close-x") =>
        Float64Array.from(bars.columns[of], (value, t) =>
          t <= cut ? value : other.columns[of][t]!,
        );
      const columns = { "close-y": mixed("close-y"), "close-x": mixed("close-x") };
      const again = grants(REVERSION, "approve", { ...bars, columns });
      expect(again.long.slice(0, cut + 1)).toEqual(long.slice(0, cut + 1));
      expect(again.short.slice(0, cut + 1)).toEqual(short.slice(0, cut + 1));
    }
  });
});

describe("what cannot gate", () => {
  const rule = {
    ...{ kind: "rule", rule: "above", of: "spread", aheadBars: 1 },
    over: { kind: "sma", of: "spread", periodBars: 9 },
  } as const;
  test.each([
    { name: "the spread", label: DIRECTION, is: null },
    {
      name: "a column as a feature",
      label: { ...DIRECTION, of: { kind: "column", of: "close-x" } },
      is: null,
    },
    { name: "a rule", label: rule, is: /rule about two columns/ },
    { name: "a volume", label: { ...DIRECTION, of: "volume-y" }, is: /volume of leg y/ },
    { name: "the hedge ratio", label: { ...DIRECTION, of: "hedge-ratio" }, is: /hedge ratio/ },
    {
      name: "a mean",
      label: { ...DIRECTION, of: { kind: "sma", of: "spread", periodBars: 5 } },
      is: /sma\(spread, 5\)/,
    },
  ] as const)("$name", ({ label, is }) => {
    const obstacle = gateObstacle({ label: label as LabelSpec, spread: SPREAD });
    if (is === null) expect(obstacle).toBeNull();
    else expect(obstacle).toMatch(is);
  });

  test("a spread that reads the whole past", () => {
    const spread: SpreadSpec = { kind: "expanding", barsMin: 30, price: "log" };
    expect(gateObstacle({ label: DIRECTION, spread })).toMatch(/whole past/);
  });

  test("regression: a probability of 5 was a threshold", () => {
    const problem = (classCount: number, threshold: number, mode: "approve" | "size" = "approve") =>
      thresholdProblem(classCount, { mode, threshold });
    expect(problem(2, 5)).toMatch(/probability/);
    expect(problem(2, 0)).toMatch(/probability/);
    expect([problem(2, 1), problem(0, 5), problem(0, 0)]).toEqual([null, null, null]);
    expect(problem(0, 0, "size")).toMatch(/above 0/);
  });
});
