import { expect, test } from "vitest";
import { heatSteps } from "./heat-steps.ts";

test("steps cover the range without gaps, at round numbers", () => {
  const steps = heatSteps(-0.4, 2.3, 0);
  expect(steps.map(({ from }) => from)).toEqual([-0.5, 0, 0.5, 1, 1.5, 2]);
  expect(steps.at(-1)?.to).toBe(2.5);
  steps.slice(1).forEach(({ from }, i) => {
    expect(from).toBe(steps[i]?.to);
  });
});

test("what is below the reference has the other hue, and distance is strength", () => {
  const steps = heatSteps(0.5, 3, 1);
  expect(steps.map(({ isBelow }) => isBelow)).toEqual([true, false, false, false, false, false]);
  expect(steps[0]?.strength).toBeCloseTo(0.15);
  expect(steps.at(-1)?.strength).toBeCloseTo(1);
});

test("the good keeps its steps however bad the bad is", () => {
  const steps = heatSteps(-6.2, 2.2, 0);
  expect(steps.map(({ from }) => from)).toEqual([-6.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]);
  expect(steps[0]?.to).toBe(-1);
});

test("where nothing is good, the bad has steps of its own", () => {
  const steps = heatSteps(-3, -0.5, 0);
  expect(steps.every(({ isBelow }) => isBelow)).toBe(true);
  expect(steps[0]?.from).toBeLessThanOrEqual(-3);
  expect(steps.length).toBeGreaterThan(1);
});

test("values far above the reference have no steps below them", () => {
  const steps = heatSteps(4, 5, 0);
  expect(steps.every(({ to }) => to > 4)).toBe(true);
});

test("one value has one step", () => {
  expect(heatSteps(2, 2, 0).filter(({ from, to }) => from <= 2 && 2 < to)).toHaveLength(1);
  expect(heatSteps(0, 0, 0)).toHaveLength(1);
});
