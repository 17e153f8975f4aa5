import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { type JohansenOptions, johansen } from "./johansen.ts";
import {
  type JohansenCriticalValues,
  type JohansenDeterministic,
  johansenCriticalValues,
  johansenPValue,
} from "./johansen-law.ts";

function systemOf(golden: GoldenCase): Float64Array[] {
  if (golden.input["m"] !== undefined) return goldenColumns(String(golden.input["m"]));
  return [goldenInput(golden, "y"), goldenInput(golden, "x")];
}

function optionsOf(golden: GoldenCase): JohansenOptions {
  const named = golden.params?.["deterministic"];
  const deterministic = named ?? golden.params?.["det_order"];
  return {
    deterministic: deterministicOf(String(deterministic)),
    lagsDiff: Number(golden.params?.["k_ar_diff"]),
  };
}

function deterministicOf(name: string): JohansenDeterministic {
  if (name === "restricted-constant" || name === "restricted-trend") return name;
  return name === "-1" ? -1 : name === "1" ? 1 : 0;
}

function expectList(golden: GoldenCase, field: string, actual: Iterable<number>): void {
  const expected = golden.expected[field] as readonly number[];
  const values = [...actual];
  expect(values).toHaveLength(expected.length);
  const tolerance = { ...golden.tolerance, ...golden.tolerance.fields?.[field] };
  values.forEach((value, i) => {
    expectWithin(`${golden.case}: ${field} ${i}`, value, Number(expected[i]), tolerance);
  });
}

function expectMatrix(golden: GoldenCase, field: string, actual: readonly Float64Array[]): void {
  const expected = golden.expected[field] as readonly (readonly number[])[];
  const tolerance = { ...golden.tolerance, ...golden.tolerance.fields?.[field] };
  expected.forEach((row, i) => {
    row.forEach((value, j) => {
      const label = `${golden.case}: ${field} ${i} ${j}`;
      expectWithin(label, Number(actual[i]?.[j]), value, tolerance);
    });
  });
}

function listOf({ tenPercent, fivePercent, onePercent }: JohansenCriticalValues): number[] {
  return [tenPercent, fivePercent, onePercent];
}

const systems = Array.from({ length: 3 }, (_, i) => randomWalk(200, i + 1));

describe("johansen", () => {
  test.each(goldenCases("johansen", "johansen/"))("agrees with statsmodels: $case", (golden) => {
    const system = systemOf(golden);
    const options = optionsOf(golden);
    const result = johansen(system, options);
    expectList(golden, "eig", result.eigenvalues);
    expectMatrix(golden, "evec", result.eigenvectors);
    expectMatrix(golden, "alpha", result.loadings);
    expectList(golden, "trace", result.trace.statistics);
    expectList(golden, "maxeig", result.maxEigenvalue.statistics);
    expectList(golden, "p_trace_sim", result.trace.pValues.map(Number));
    expectList(golden, "p_maxeig_sim", result.maxEigenvalue.pValues.map(Number));
    expect(result.observations).toBe(golden.expected["T"]);
    expect(result.rank).toBe(golden.expected["rank_trace_5"]);
    expect(result.trace.criticalValues.map(listOf)).toEqual(golden.expected["crit_trace_90_95_99"]);
    expect(result.maxEigenvalue.criticalValues.map(listOf)).toEqual(
      golden.expected["crit_maxeig_90_95_99"],
    );
    if (golden.expected["p_trace_sim_nodrift"] !== undefined) {
      const driftless = johansen(system, { ...options, driftless: true });
      expectList(golden, "p_trace_sim_nodrift", driftless.trace.pValues.map(Number));
    }
  });

  test.each(goldenCases("extra-r", "johansen-restricted/"))("agrees with urca: $case", (golden) => {
    const result = johansen(systemOf(golden), optionsOf(golden));
    expectList(golden, "eig", result.eigenvalues);
    expectList(golden, "trace", result.trace.statistics);
    expectList(golden, "maxeig", result.maxEigenvalue.statistics);
    expectList(golden, "beta_first", result.eigenvectors[0] ?? []);
  });

  test("mixing the series changes no eigenvalue", () => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true });
    const result = johansen(systems);
    fc.assert(
      fc.property(entry, entry, entry, (p, q, r) => {
        const [a, b, c] = systems;
        const mixed = [
          Float64Array.from({ length: 200 }, (_, i) => Number(a?.[i]) + p * Number(b?.[i])),
          Float64Array.from({ length: 200 }, (_, i) => Number(b?.[i]) + q * Number(c?.[i])),
          Float64Array.from({ length: 200 }, (_, i) => Number(c?.[i]) * (3 + r) + 7),
        ];
        johansen(mixed).eigenvalues.forEach((value, i) => {
          const expected = Number(result.eigenvalues[i]);
          expectWithin("eigenvalue", value, expected, { rtol: 1e-6, atol: 1e-10 });
        });
      }),
      { numRuns: 30 },
    );
  });

  test("finds the pair that shares a walk, with its constant", () => {
    const x = randomWalk(500, 9).map((value) => 4 + 0.01 * value);
    const noise = randomWalk(501, 10);
    const y = x.map(
      (value, i) => 1.5 + 0.8 * value + 0.01 * (Number(noise[i + 1]) - Number(noise[i])),
    );
    const { rank, eigenvectors } = johansen([y, x]);
    expect(rank).toBe(1);
    const [first, slope, constant] = eigenvectors[0] ?? [];
    expect(first).toBe(1);
    expect(slope).toBeCloseTo(-0.8, 1);
    expect(constant).toBeCloseTo(-1.5, 1);
  });

  test("takes twelve series, with p-values for the last five ranks", () => {
    const walks = Array.from({ length: 12 }, (_, seed) => randomWalk(400, seed + 20));
    const { trace, eigenvalues } = johansen(walks);
    expect(eigenvalues).toHaveLength(12);
    expect(trace.pValues.filter((p) => p === null)).toHaveLength(7);
    trace.criticalValues.forEach(({ tenPercent, fivePercent, onePercent }) => {
      expect(tenPercent).toBeLessThan(fivePercent);
      expect(fivePercent).toBeLessThan(onePercent);
    });
  });

  test.each([
    { deterministic: "restricted-constant", driftless: false },
    { deterministic: "restricted-trend", driftless: false },
    { deterministic: 0, driftless: true },
    { deterministic: 1, driftless: true },
  ] as const)("$deterministic rejects about one pair of driftless walks in twenty", (options) => {
    let rejections = 0;
    for (let seed = 0; seed < 800; seed++) {
      const pair = [randomWalk(400, 2 * seed + 1), randomWalk(400, 2 * seed + 2)];
      if (Number(johansen(pair, { ...options, lagsDiff: 0 }).trace.pValues[0]) < 0.05) rejections++;
    }
    // Three standard deviations of a binomial about 40 of 800 and a little for the finite length.
    expect(rejections).toBeGreaterThan(20);
    expect(rejections).toBeLessThan(62);
  });

  const [a = new Float64Array(), b = new Float64Array()] = systems;
  test.each([
    { name: "there is one series", series: [a], lagsDiff: 1, code: "out-of-range" },
    {
      name: "there are thirteen series",
      series: Array.from({ length: 13 }, () => a),
      lagsDiff: 1,
      code: "out-of-range",
    },
    { name: "lags are not whole", series: [a, b], lagsDiff: 0.5, code: "out-of-range" },
    { name: "lengths differ", series: [a, b.slice(1)], lagsDiff: 1, code: "length-mismatch" },
    { name: "two series are the same", series: [a, a], lagsDiff: 1, code: "collinear" },
    { name: "a series is constant", series: [a, b.map(() => 0.1)], lagsDiff: 1, code: "constant" },
    {
      name: "there are as many terms as bars",
      series: [a.slice(0, 10), b.slice(0, 10)],
      lagsDiff: 1,
      code: "too-short",
    },
    {
      name: "a value is missing",
      series: [a, b.map((value, i) => (i === 5 ? Number.NaN : value))],
      lagsDiff: 1,
      code: "not-finite",
    },
  ])("is refused when $name", ({ series, lagsDiff, code }) => {
    expect(() => johansen(series, { lagsDiff })).toThrow(expect.objectContaining({ code }));
  });
});

describe("johansenPValue", () => {
  test.each(goldenCases("johansen", "mhm_p/"))("is the published one: $case", (golden) => {
    const p = johansenPValue(Number(golden.params?.["stat"]), {
      kind: golden.params?.["kind"] === "trace" ? "trace" : "maxEigenvalue",
      deterministic: 0,
      driftless: false,
      commonTrends: Number(golden.params?.["n"]),
    });
    expectGolden(golden, "p", Number(p));
  });

  test.each([
    { deterministic: "restricted-constant", published: [9.16, 20.26, 35.19, 54.08] },
    { deterministic: "restricted-trend", published: [12.52, 25.87, 42.92, 63.88] },
  ] as const)("is 5 % at the published values: $deterministic", ({ deterministic, published }) => {
    published.forEach((statistic, i) => {
      const p = johansenPValue(statistic, {
        kind: "trace",
        deterministic,
        driftless: false,
        commonTrends: i + 1,
      });
      expect(Math.abs(Number(p) - 0.05)).toBeLessThan(0.0005);
    });
  });

  test("falls from 1 to 0 as the statistic grows", () => {
    for (const deterministic of [-1, 0, 1, "restricted-constant", "restricted-trend"] as const) {
      for (const kind of ["trace", "maxEigenvalue"] as const) {
        for (let commonTrends = 1; commonTrends <= 5; commonTrends++) {
          const law = { kind, deterministic, driftless: false, commonTrends };
          let before = 1;
          for (let statistic = 0; statistic < 200; statistic += 0.5) {
            const p = Number(johansenPValue(statistic, law));
            expect(p).toBeLessThanOrEqual(before);
            expect(p).toBeGreaterThanOrEqual(0);
            before = p;
          }
        }
      }
    }
  });
});

describe("johansenCriticalValues", () => {
  const tables = [...goldenCases("johansen", "crit/"), ...goldenCases("johansen", "crit_sim/")];
  test.each(tables)("has the table: $case", (golden) => {
    const simulated = golden.params?.["case"];
    const deterministic = simulated === "trend_noquad" ? 1 : 0;
    const law = {
      deterministic:
        simulated === undefined
          ? deterministicOf(String(golden.params?.["det_order"]))
          : (deterministic as JohansenDeterministic),
      driftless: simulated !== undefined,
      commonTrends: Number(golden.params?.["n"]),
    };
    expectList(golden, "trace_90_95_99", listOf(johansenCriticalValues({ ...law, kind: "trace" })));
    expectList(
      golden,
      "maxeig_90_95_99",
      listOf(johansenCriticalValues({ ...law, kind: "maxEigenvalue" })),
    );
  });

  test("grow with the number of common trends, in every law and at every level", () => {
    for (const deterministic of [-1, 0, 1, "restricted-constant", "restricted-trend"] as const) {
      for (const driftless of [false, true]) {
        for (const kind of ["trace", "maxEigenvalue"] as const) {
          let before = [0, 0, 0];
          for (let commonTrends = 1; commonTrends <= 12; commonTrends++) {
            const law = { kind, deterministic, driftless, commonTrends };
            const now = listOf(johansenCriticalValues(law));
            now.forEach((value, i) => {
              expect(value).toBeGreaterThan(Number(before[i]));
            });
            before = now;
          }
        }
      }
    }
  });

  test("is refused for thirteen common trends", () => {
    expect(() =>
      johansenCriticalValues({
        kind: "trace",
        deterministic: 0,
        driftless: false,
        commonTrends: 13,
      }),
    ).toThrow(expect.objectContaining({ code: "out-of-range" }));
  });
});
