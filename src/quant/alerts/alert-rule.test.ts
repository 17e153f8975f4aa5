import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertCondition, type AlertState, ARMED, step } from "./alert-rule.ts";

const RULE: AlertCondition = { operator: "above", threshold: 2, hysteresis: 0.5, cooldownMs: 0 };

/** Indexes of the values that fired, a second apart, and the state in the end. */
function run(
  values: readonly (number | null)[],
  rule: AlertCondition,
  state: AlertState = ARMED,
  startMs = 0,
): { fired: number[]; state: AlertState } {
  let current = state;
  const fired: number[] = [];
  values.forEach((value, i) => {
    const next = step(current, value, rule, startMs + i * 1_000);
    if (next.fired) fired.push(i);
    current = next.state;
  });
  return { fired, state: current };
}

describe("a rule raises one alert for each crossing", () => {
  const above = { ...RULE };
  const below: AlertCondition = { ...RULE, operator: "below" };
  const absolute: AlertCondition = { ...RULE, operator: "absolute-above" };
  const cool: AlertCondition = { ...RULE, cooldownMs: 5_000 };
  const bare: AlertCondition = { ...RULE, hysteresis: 0 };
  test.each([
    { name: "nothing crosses", rule: above, values: [0, 1, 2, 1], fired: [] },
    { name: "the threshold itself is not beyond it", rule: above, values: [2, 2, 2.1], fired: [2] },
    { name: "beyond from the first value", rule: above, values: [3, 3, 4], fired: [0] },
    { name: "it stays beyond", rule: above, values: [0, 3, 9, 3], fired: [1] },
    { name: "it trembles at the threshold", rule: above, values: [3, 1.9, 2.1, 1.6], fired: [0] },
    { name: "it comes back and crosses again", rule: above, values: [3, 1.5, 2.5], fired: [0, 2] },
    { name: "without hysteresis", rule: bare, values: [3, 2, 2.1], fired: [0, 2] },
    { name: "below", rule: below, values: [3, 1, 2.4, 1, 2.5, 1], fired: [1, 5] },
    { name: "absolute, both sides", rule: absolute, values: [-3, 3, 0, -2.1], fired: [0, 3] },
    { name: "missing values", rule: above, values: [null, 3, null, 3, 1, null, 3], fired: [1, 6] },
    {
      name: "values that are no number",
      rule: above,
      values: [Number.NaN, 3, -1 / 0, 3],
      fired: [1],
    },
    {
      name: "a crossing ends in the cooldown",
      rule: cool,
      values: [3, 1, 3, 1, 1, 1, 1],
      fired: [0],
    },
    {
      name: "a crossing outlasts the cooldown",
      rule: cool,
      values: [3, 1, 1, 3, 3, 3],
      fired: [0, 5],
    },
  ])("$name", ({ rule, values, fired }) => {
    expect(run(values, rule).fired).toEqual(fired);
  });
});

const aValue = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const values = fc.array(aValue, { maxLength: 300 });
const aRule = fc.record({
  operator: fc.constantFrom("above" as const, "below" as const, "absolute-above" as const),
  threshold: fc.double({ min: 0, max: 4, noNaN: true }),
  hysteresis: fc.double({ min: 0, max: 2, noNaN: true }),
  cooldownMs: fc.constantFrom(0, 0, 3_000, 20_000),
});

/** 1: beyond, −1: back by the hysteresis, 0: between. Written apart from the rule itself. */
function side({ operator, threshold, hysteresis }: AlertCondition, value: number): -1 | 0 | 1 {
  if (operator === "below") {
    if (value < threshold) return 1;
    return threshold - value <= -hysteresis ? -1 : 0;
  }
  const height = operator === "above" ? value : Math.abs(value);
  if (height > threshold) return 1;
  return height - threshold <= -hysteresis ? -1 : 0;
}

test("there are as many alerts as runs beyond the threshold with a coming back between them", () => {
  fc.assert(
    fc.property(values, aRule, (given, rule) => {
      const sides = given
        .filter((value) => value !== null)
        .map((value) => side(rule, value))
        .filter((at) => at !== 0);
      const crossings = sides.filter((at, i) => at === 1 && sides[i - 1] !== 1).length;
      expect(run(given, { ...rule, cooldownMs: 0 }).fired).toHaveLength(crossings);
    }),
  );
});

test("between two alerts the value has come back by the hysteresis, and the cooldown has passed", () => {
  fc.assert(
    fc.property(values, aRule, (given, rule) => {
      const { fired } = run(given, rule);
      fired.slice(1).forEach((at, i) => {
        const since = fired[i] ?? 0;
        const between = given.slice(since, at).filter((value) => value !== null);
        expect(between.some((value) => side(rule, value) === -1)).toBe(true);
        expect((at - since) * 1_000).toBeGreaterThanOrEqual(rule.cooldownMs);
      });
    }),
  );
});

test("going on from a stored state after a restart fires what it would have, and nothing twice", () => {
  fc.assert(
    fc.property(values, aRule, fc.nat(300), (given, rule, cut) => {
      const at = Math.min(cut, given.length);
      const whole = run(given, rule);
      const before = run(given.slice(0, at), rule);
      const stored: AlertState = JSON.parse(JSON.stringify(before.state));
      const after = run(given.slice(at), rule, stored, at * 1_000);
      expect([...before.fired, ...after.fired.map((i) => i + at)]).toEqual(whole.fired);
      expect(after.state).toEqual(whole.state);
      // The value that was seen last before the restart is seen again.
      const last = given[at - 1];
      if (last !== undefined) {
        expect(step(stored, last, rule, (at - 1) * 1_000)).toEqual({ state: stored, fired: false });
      }
    }),
  );
});

test("missing values change nothing, wherever they stand", () => {
  fc.assert(
    fc.property(values, aRule, (given, rule) => {
      const without = run(
        given.filter((value) => value !== null),
        { ...rule, cooldownMs: 0 },
      );
      const withThem = run(given, { ...rule, cooldownMs: 0 });
      expect(withThem.fired).toHaveLength(without.fired.length);
      expect(withThem.state.phase).toBe(without.state.phase);
    }),
  );
});

test("below is above of the negated, and absolute-above is above of the absolute value", () => {
  fc.assert(
    fc.property(values, aRule, (given, rule) => {
      const map = (f: (value: number) => number) =>
        given.map((value) => (value === null ? null : f(value)));
      const below = run(given, { ...rule, operator: "below" });
      const negated = { ...rule, operator: "above" as const, threshold: -rule.threshold };
      expect(below.fired).toEqual(
        run(
          map((value) => -value),
          negated,
        ).fired,
      );
      const absolute = run(given, { ...rule, operator: "absolute-above" });
      expect(absolute.fired).toEqual(run(map(Math.abs), { ...rule, operator: "above" }).fired);
    }),
  );
});

test("a state that does not change stays the same object", () => {
  const raised = step(ARMED, 3, RULE, 0).state;
  expect(step(ARMED, 1, RULE, 0).state).toBe(ARMED);
  expect(step(raised, 3, RULE, 1).state).toBe(raised);
});

test("regression: without a cooldown a crossing was lost when its clock lagged behind the one before", () => {
  const rule = { ...RULE, cooldownMs: 0 };
  const firedAhead = { phase: "armed", lastFiredMs: 60_000 } as const;
  expect(step(firedAhead, rule.threshold + 1, rule, 0).fired).toBe(true);
});
