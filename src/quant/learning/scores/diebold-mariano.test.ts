import { describe, expect, test } from "vitest";
import { longRunVariance } from "../../regression/long-run-variance.ts";
import { studentTTwoSided } from "../../regression/student-t.ts";
import { mean } from "../../stats/mean.ts";
import { createRandom } from "../../synthetic/random.ts";
import { dieboldMariano } from "./diebold-mariano.ts";
import { meanLossesByTime } from "./mean-losses-by-time.ts";

/** Losses of two equally good forecasts whose differences overlap over a horizon, or remember. */
function differences(rows: number, seed: number, shape: { horizon: number; root: number }) {
  const { gaussian } = createRandom(seed);
  const shocks = Float64Array.from({ length: rows + shape.horizon }, gaussian);
  let value = 0;
  return Float64Array.from({ length: rows }, (_, t) => {
    let sum = 0;
    for (let k = 0; k < shape.horizon; k++) sum += shocks[t + k]!;
    value = shape.root * value + sum;
    return value;
  });
}

function tested(first: Float64Array, second: Float64Array, horizonRows: number, lags?: number) {
  const options = lags === undefined ? { horizonRows } : { horizonRows, lags };
  const result = dieboldMariano(first, second, options);
  if (result.kind !== "tested") throw new Error(result.reason);
  return result;
}

describe("dieboldMariano", () => {
  test("one row ahead is the paired t test", () => {
    // Student's sleep data, twice, since a test asks for 20 rows; R: t.test(paired = TRUE) of the ten pairs
    // gives t = −4.0621, so that twenty give −4.0621 · √(19 / 9).
    const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const [first, second] = [one, other].map((values) => Float64Array.from([...values, ...values]));
    const { statistic, pTwoSided, pFirstBetter, pSecondBetter } = tested(first!, second!, 1, 0);
    expect(statistic).toBeCloseTo(-4.062128 * Math.sqrt(19 / 9), 5);
    expect(pTwoSided).toBeCloseTo(studentTTwoSided(statistic, 19), 14);
    expect(pFirstBetter).toBeCloseTo(pTwoSided / 2, 14);
    expect(pFirstBetter + pSecondBetter).toBeCloseTo(1, 14);
  });

  test("several rows ahead is the formula of Harvey, Leybourne and Newbold", () => {
    const [n, h] = [60, 4];
    const first = differences(n, 3, { horizon: h, root: 0 });
    const result = tested(first, new Float64Array(n), h, h - 1);
    const centre = mean(first);
    const variance = longRunVariance(
      first.map((value) => value - centre),
      h - 1,
    );
    const correction = Math.sqrt((n + 1 - 2 * h + (h * (h - 1)) / n) / n);
    const expected = (centre / Math.sqrt(variance / n)) * correction;
    expect(result.statistic).toBeCloseTo(expected, 12);
    expect(result.lags).toBe(3);
    expect(result.degreesOfFreedom).toBe(22.5);
    expect(result.pTwoSided).toBeCloseTo(studentTTwoSided(expected, 22.5), 14);
  });

  // 1,000 runs: a share of 5 % has a standard error of 0.7 %.
  test.each([
    { name: "independent", rows: 60, horizon: 1, root: 0, most: 0.07 },
    { name: "independent", rows: 250, horizon: 1, root: 0, most: 0.065 },
    { name: "overlapping", rows: 250, horizon: 5, root: 0, most: 0.075 },
    { name: "overlapping", rows: 500, horizon: 5, root: 0, most: 0.075 },
    { name: "remembering", rows: 250, horizon: 1, root: 0.5, most: 0.08 },
  ])("$name differences over $rows rows are rejected in 5 %, or a little more", (shape) => {
    const { rows, horizon, most } = shape;
    let both = 0;
    let better = 0;
    for (let seed = 1; seed <= 1_000; seed++) {
      const result = tested(differences(rows, seed, shape), new Float64Array(rows), horizon);
      if (result.pTwoSided <= 0.05) both += 1;
      if (result.pFirstBetter <= 0.05) better += 1;
    }
    for (const share of [both / 1_000, better / 1_000]) {
      expect(share).toBeGreaterThan(0.03);
      expect(share).toBeLessThan(most);
    }
  });

  test("finds a difference that is there", () => {
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const first = differences(250, seed, { horizon: 1, root: 0 }).map((value) => value - 0.25);
      if (tested(first, new Float64Array(250), 1).pFirstBetter <= 0.05) found += 1;
    }
    expect(found).toBeGreaterThan(95);
  });

  test("turned round has its sign turned, and the scale of losses does not matter", () => {
    const first = differences(100, 7, { horizon: 3, root: 0 });
    const second = differences(100, 8, { horizon: 3, root: 0 });
    const there = tested(first, second, 3);
    const back = tested(second, first, 3);
    expect(back.statistic).toBe(-there.statistic);
    expect(back.pFirstBetter).toBe(there.pSecondBetter);
    const large = tested(
      first.map((loss) => 1e6 * loss),
      second.map((loss) => 1e6 * loss),
      3,
    );
    expect(large.statistic).toBeCloseTo(there.statistic, 9);
  });

  test("losses that do not differ, or always by the same, are no p-value", () => {
    const losses = differences(50, 9, { horizon: 1, root: 0 });
    expect(dieboldMariano(losses, losses, { horizonRows: 1 })).toEqual({
      kind: "no-difference",
      reason: "equal",
      meanDifference: 0,
      rows: 50,
    });
    const zeros = new Float64Array(50);
    expect(dieboldMariano(zeros, zeros, { horizonRows: 1 })).toMatchObject({ reason: "equal" });
    const shifted = dieboldMariano(
      losses.map((loss) => loss + 0.1),
      losses,
      { horizonRows: 1 },
    );
    expect(shifted).toMatchObject({ kind: "no-difference", reason: "constant" });
    expect(shifted.meanDifference).toBeCloseTo(0.1, 12);
  });

  test("differences that alternate have a finite statistic", () => {
    const first = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const { statistic, pTwoSided } = tested(first, new Float64Array(40), 2);
    expect(statistic).toBeCloseTo(0, 12);
    expect(pTwoSided).toBeCloseTo(1, 12);
  });

  const losses = differences(40, 1, { horizon: 1, root: 0 });

  test.each([
    { name: "19 rows", first: losses.slice(0, 19), options: { horizonRows: 1 }, code: "too-short" },
    {
      name: "less than four horizons",
      first: losses,
      options: { horizonRows: 11 },
      code: "too-short",
    },
    { name: "no horizon", first: losses, options: { horizonRows: 0 }, code: "out-of-range" },
    {
      name: "fewer lags than overlap",
      first: losses,
      options: { horizonRows: 4, lags: 2 },
      code: "out-of-range",
    },
    {
      name: "a gap",
      first: losses.map((loss, i) => (i === 3 ? Number.NaN : loss)),
      options: { horizonRows: 1 },
      code: "not-finite",
    },
  ])("refuses $name", ({ first, options, code }) => {
    expect(() => dieboldMariano(first, new Float64Array(first.length), options)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test("refuses losses of other rows", () => {
    expect(() => dieboldMariano(losses, losses.slice(1), { horizonRows: 1 })).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

describe("meanLossesByTime", () => {
  test("is one loss a time, in order of time", () => {
    const { times, losses } = meanLossesByTime(
      Float64Array.of(1, 5, 2, 3, 4),
      Float64Array.of(20, 10, 20, 30, 10),
    );
    expect([...times]).toEqual([10, 20, 30]);
    expect([...losses]).toEqual([4.5, 1.5, 3]);
  });

  test.each([
    { name: "a time too few", times: Float64Array.of(1), code: "length-mismatch" },
    { name: "a missing time", times: Float64Array.of(1, Number.NaN), code: "not-finite" },
  ])("refuses $name", ({ times, code }) => {
    expect(() => meanLossesByTime(Float64Array.of(1, 2), times)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
