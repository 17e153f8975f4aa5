import { describe, expect, test } from "vitest";
import { expectWithin, goldenCases } from "../golden/load-golden.test-support.ts";
import { mackinnonCriticalValues, mackinnonPValue } from "./mackinnon.ts";
import type { DeterministicTrend } from "./mackinnon-tables.ts";

type Golden = ReturnType<typeof goldenCases>[number];

function surfaceOf(golden: Golden): { trend: DeterministicTrend; seriesCount: number } {
  return {
    trend: golden.params?.["trend"] as DeterministicTrend,
    seriesCount: Number(golden.params?.["N"]),
  };
}

// Surfaces without constant for more than one series are of no test that we make, but are tabulated.
const pCases = goldenCases("unit-root", "mackinnon_p/");
const criticalCases = goldenCases("unit-root", "mackinnon_crit/");

describe("mackinnonPValue", () => {
  test.each(pCases)("agrees with statsmodels: $case", (golden) => {
    const statistics = golden.expected["stat"] as readonly number[];
    const pValues = golden.expected["p"] as readonly number[];
    statistics.forEach((statistic, i) => {
      const p = mackinnonPValue(statistic, surfaceOf(golden));
      expectWithin(`p(${statistic})`, p, pValues[i]!, golden.tolerance);
    });
  });

  test("is refused for seven series", () => {
    expect(() => mackinnonPValue(-3, { trend: "c", seriesCount: 7 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

describe("mackinnonCriticalValues", () => {
  test.each(criticalCases)("agrees with the published table: $case", (golden) => {
    const lengths = golden.expected["T"] as readonly (number | "inf")[];
    for (const compat of [undefined, "statsmodels"] as const) {
      const rows = golden.expected[compat ?? "corrected"] as readonly (readonly number[])[];
      lengths.forEach((length, i) => {
        const observations = length === "inf" ? Number.POSITIVE_INFINITY : length;
        const values = mackinnonCriticalValues({ ...surfaceOf(golden), observations, compat });
        [values.onePercent, values.fivePercent, values.tenPercent].forEach((value, level) => {
          expectWithin(`T ${length} level ${level}`, value, rows[i]![level]!, golden.tolerance);
        });
      });
    }
  });

  test("regression: statsmodels misprints the 1 % row of pairs", () => {
    // Stata's egranger at T = 199.
    const { onePercent } = mackinnonCriticalValues({
      trend: "c",
      seriesCount: 2,
      observations: 199,
    });
    expectWithin("1 %", onePercent, -3.952043522638, { rtol: 1e-12, atol: 0 });
  });

  test("is refused without constant for two series", () => {
    const options = { trend: "n", seriesCount: 2, observations: 100 } as const;
    expect(() => mackinnonCriticalValues(options)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
