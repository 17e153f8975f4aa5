import { expect } from "vitest";
import { expectWithin, type GoldenCase } from "../../golden/load-golden.test-support.ts";
import { createRandom } from "../../synthetic/random.ts";

/** Compares a field that is a list of numbers by the rule of the files. */
export function expectGoldenNumbers(
  golden: GoldenCase,
  field: string,
  actual: ArrayLike<number>,
): void {
  const expected = golden.expected[field];
  if (!Array.isArray(expected)) throw new Error(`${golden.case} has no list ${field}`);
  const tolerance = { ...golden.tolerance, ...golden.tolerance.fields?.[field] };
  expect(actual.length, `${golden.case}: length of ${field}`).toBe(expected.length);
  expected.forEach((value, i) => {
    expectWithin(`${golden.case}: ${field}[${i}]`, actual[i]!, Number(value), tolerance);
  });
}

/** Seeded autoregressive moving average, started in nothing and let run in. */
export function syntheticArma(
  n: number,
  seed: number,
  { ar = [], ma = [], mean = 0 }: { ar?: number[]; ma?: number[]; mean?: number },
): Float64Array {
  const { gaussian } = createRandom(seed);
  const runIn = 200;
  const values = new Float64Array(n + runIn);
  const noise = new Float64Array(n + runIn);
  for (let t = 0; t < values.length; t++) {
    noise[t] = gaussian();
    let value = noise[t]!;
    ar.forEach((phi, i) => {
      value += phi * (values[t - 1 - i] ?? 0);
    });
    ma.forEach((theta, j) => {
      value += theta * (noise[t - 1 - j] ?? 0);
    });
    values[t] = value;
  }
  return values.slice(runIn).map((value) => value + mean);
}
