import { expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { drawMask, keepGradient, keepStates, stateDropout } from "./state-dropout.ts";

test("dropout leaves out its share and keeps the sum in the mean", () => {
  const states = new Float64Array(20_000).fill(2);
  const dropout = stateDropout(states, new Float64Array(20_000));
  drawMask(dropout, 0.2, createRandom(1).uniform);
  keepStates(dropout);
  const out = dropout.kept.filter((value) => value === 0).length / 20_000;
  expect(out).toBeCloseTo(0.2, 1.5);
  expect(new Set(dropout.kept)).toEqual(new Set([0, 2.5]));
  dropout.keptGradient.fill(1);
  keepGradient(dropout);
  expect([...dropout.stateGradient.subarray(0, 50)]).toEqual([...dropout.mask.subarray(0, 50)]);
});

test("without a rate nothing is drawn and nothing left out", () => {
  const dropout = stateDropout(Float64Array.of(1, 2), new Float64Array(2));
  drawMask(dropout, 0.5, () => 0);
  drawMask(dropout, 0, () => {
    throw new Error("nothing is to be drawn");
  });
  keepStates(dropout);
  expect([...dropout.kept]).toEqual([1, 2]);
});
