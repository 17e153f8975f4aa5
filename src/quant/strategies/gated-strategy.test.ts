import { describe, expect, test } from "vitest";
import { type Gate, gatedStrategy } from "./gated-strategy.ts";
import { defaultConfig } from "./parameter-values.ts";
import type { Strategy, Target } from "./strategy.ts";
import { stepsOver } from "./strategy-bars.test-support.ts";
import { HOLD, spreadTarget } from "./targets.ts";
import { traditionalStrategy } from "./traditional-strategy.ts";

/** Grants the shares of a list, one a bar, to both directions of every position. */
function gateOf(shares: readonly number[], warmUpBars = 0): Gate<null, number> {
  return {
    label: "a list",
    reads: [],
    formationBarsMin: 0,
    warmUpBars,
    fit: () => ({ kind: "fitted", fit: null }),
    start: () => -1,
    see: (_state, { bar }) => bar,
    grant: (bar) => shares[bar] ?? 0,
  };
}

/** Answers the targets of a list, one a bar. */
function listed(targets: readonly Target[]): Strategy<object, null, null> {
  return {
    kind: "listed",
    label: "Listed",
    summary: "Answers a list.",
    instruments: { min: 1, max: 9 },
    parameters: {},
    rules: [],
    figures: {},
    reads: [],
    formationBarsMin: () => 0,
    warmUpBars: () => 0,
    fit: () => ({ kind: "fitted", fit: null }),
    start: () => null,
    step: (_config, state, { bar }) => ({
      state,
      target: targets[bar] ?? HOLD,
      figures: {},
      reason: null,
    }),
  };
}

/** Signed share of a spread on every bar; = where the target says hold. */
function shares(targets: readonly Target[], gate: Gate<null, number>): readonly unknown[] {
  const closes = [targets.map(() => 1), targets.map(() => 1)];
  return stepsOver(
    gatedStrategy(listed(targets), gate),
    {},
    { inner: null, gate: null },
    closes,
  ).map(({ target }) => {
    if (target.kind !== "spread") return target.kind === "hold" ? "=" : [...target.weights];
    return { long: 1, short: -1, flat: 0 }[target.side] * target.size;
  });
}

const long = spreadTarget("long", 1, "log-notional");
const short = spreadTarget("short", 1, "log-notional");
const flat = spreadTarget("flat", 0, "log-notional");

describe("gatedStrategy", () => {
  test.each([
    { name: "sizes an entry", t: [flat, long, long], g: [0, 0.5, 0.9], is: [0, 0.5, 0.5] },
    {
      name: "refuses an entry for as long as it is wanted",
      t: [long, long],
      g: [0, 1],
      is: [0, 0],
    },
    { name: "asks anew for the next entry", t: [long, flat, long], g: [0, 1, 1], is: [0, 0, 1] },
    { name: "never gates leaving", t: [long, flat], g: [1, 0], is: [1, 0] },
    { name: "leaves when the way round is refused", t: [long, short], g: [1, 0], is: [1, 0] },
    { name: "asks for the way round", t: [long, short], g: [1, 0.5], is: [1, -0.5] },
    { name: "lets hold pass", t: [long, HOLD, long], g: [0.5, 1, 1], is: [0.5, "=", 0.5] },
    { name: "grants no more than the whole", t: [long], g: [3], is: [1] },
    { name: "takes no number for no", t: [long], g: [Number.NaN], is: [0] },
  ])("$name", ({ t, g, is }) => {
    expect(
      shares(t, gateOf(g)).map((share) => (share === "=" ? share : Number(share) + 0)),
    ).toEqual(is);
  });

  test("asks for each instrument of weights", () => {
    const weights = (...values: number[]): Target => ({
      kind: "weights",
      weights: Float64Array.from(values),
      stops: null,
    });
    const nan = Number.NaN;
    const targets = [weights(0.4, nan), weights(0.8, 0.2), weights(nan, 0)];
    expect(shares(targets, gateOf([0.5, 0, 1]))).toEqual([
      [0.2, nan],
      [0.4, 0],
      [nan, 0],
    ]);
  });

  test("learns what its strategy learns, or refuses where either does", () => {
    const refusing: Gate<null, number> = {
      ...gateOf([]),
      fit: () => ({ kind: "refused", code: "too-short", message: "no rows" }),
    };
    const formation = { openTimeMs: new Float64Array(0), instruments: [] };
    expect(gatedStrategy(listed([]), refusing).fit({}, formation)).toMatchObject({
      kind: "refused",
      message: "no rows",
    });
    expect(gatedStrategy(listed([]), gateOf([])).fit({}, formation)).toMatchObject({
      kind: "fitted",
    });
  });

  test("has no approval to give before it is warm", () => {
    expect(shares([long, flat, long], gateOf([1, 1, 1], 2))).toEqual([0, 0, 1]);
  });

  test("tells the hedge ratio of the spread that is to be entered", () => {
    const ratios: number[] = [];
    const gate: Gate<null, number> = {
      ...gateOf([]),
      grant: (_bar, _position, _side, hedgeRatio) => ratios.push(hedgeRatio),
    };
    shares([spreadTarget("long", -0.5, "log-notional")], gate);
    expect(ratios).toEqual([-0.5]);
  });

  test("keeps the parameters of the inner strategy and tells what it refused", () => {
    const config = defaultConfig(traditionalStrategy);
    const fit = {
      inner: { hedgeRatio: 2, intercept: 1, mean: 0, deviation: 1 },
      gate: null,
    };
    const gated = gatedStrategy(traditionalStrategy, gateOf([0, 1]));
    const steps = stepsOver(gated, config, fit, [
      [23, 19],
      [10, 10],
    ]);
    expect(steps.map(({ reason }) => reason)).toEqual(["gate", "entry"]);
    expect(steps.map(({ figures }) => figures["gateShare"])).toEqual([0, 1]);
    expect(gated.parameters).toBe(traditionalStrategy.parameters);
    expect(Object.keys(steps[0]?.figures ?? {}).sort()).toEqual(Object.keys(gated.figures).sort());
  });
});
