import { expect, test } from "vitest";
import type { InvalidInputCode } from "../invalid-input-error.ts";
import { minMaxScaled } from "./min-max-scaled.ts";
import { type PairCloses, priceSpread, requirePairCloses } from "./pair-closes.ts";

const SOUND: PairCloses = {
  openTimeMs: Float64Array.of(0, 1, 2),
  y: Float64Array.of(30, 50, 40),
  x: Float64Array.of(10, 20, 15),
};

const REFUSALS: readonly {
  readonly name: string;
  readonly change: Partial<PairCloses>;
  readonly code: InvalidInputCode;
}[] = [
  { name: "too few bars of a leg", change: { x: Float64Array.of(10) }, code: "length-mismatch" },
  { name: "too few times", change: { openTimeMs: Float64Array.of(0) }, code: "length-mismatch" },
  { name: "a gap", change: { y: Float64Array.of(30, Number.NaN, 40) }, code: "not-finite" },
  { name: "a price of zero", change: { y: Float64Array.of(30, 0, 40) }, code: "out-of-range" },
  { name: "equal times", change: { openTimeMs: Float64Array.of(0, 1, 1) }, code: "out-of-range" },
];

test.each(REFUSALS)("closes with $name are refused", ({ change, code }) => {
  expect(() => requirePairCloses({ ...SOUND, ...change }, 3)).toThrow(
    expect.objectContaining({ code }),
  );
});

test("closes with fewer bars than are needed are refused", () => {
  requirePairCloses(SOUND, 3);
  expect(() => requirePairCloses(SOUND, 4)).toThrow(expect.objectContaining({ code: "too-short" }));
});

test("the price spread is what the line leaves over", () => {
  expect([...priceSpread(SOUND, { slope: 2, intercept: 5 })]).toEqual([5, 5, 5]);
  expect([...priceSpread(SOUND, { slope: 1, intercept: 0 })]).toEqual([20, 30, 25]);
});

test("minMaxScaled puts the extremes at 0 and 1 and refuses a constant", () => {
  expect([...minMaxScaled(Float64Array.of(-2, 2, 0, -1))]).toEqual([0, 1, 0.5, 0.25]);
  expect(() => minMaxScaled(Float64Array.of(3, 3))).toThrow(
    expect.objectContaining({ code: "constant" }),
  );
});
