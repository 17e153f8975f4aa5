import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { benjaminiHochberg, rejectionCount } from "../stats/benjamini-hochberg.ts";
import { simpleOls } from "../stats/ols.ts";
import { engleGranger } from "./engle-granger.ts";
import { screenPair } from "./pair-screen.ts";
import {
  alignedLogs,
  type Closes,
  HAS_REAL_PRICES,
  logsOf,
  REFERENCE,
  readCloses,
  readTable,
  sayWhatIsSkipped,
} from "./real-prices.test-support.ts";

const OPEN_2023 = Date.UTC(2023, 0, 1);
const END_2023_H1 = Date.UTC(2023, 6, 1);

sayWhatIsSkipped();

const REFERENCE_TOLERANCE = { rtol: 1e-8, atol: 0 };

describe.skipIf(!HAS_REAL_PRICES)("the scan of 24 symbols in the first half of 2023", () => {
  test("reproduces statsmodels on all 276 pairs", () => {
    const [header = [], ...rows] = readTable("scan-1h-2023H1.csv");
    const closesOf = (symbol: string): Closes =>
      readCloses(`crypto/1h/${symbol}USDT.csv.gz`, symbol);
    const isInWindow = (key: string): boolean =>
      Number(key) >= OPEN_2023 && Number(key) < END_2023_H1;
    const pValues = new Float64Array(rows.length);
    const cell = (row: readonly string[], name: string): string => row[header.indexOf(name)] ?? "";

    rows.forEach((row, i) => {
      const [legY = "", legX = ""] = row;
      const [logY, logX] = alignedLogs(closesOf(legY), closesOf(legX), isInWindow);
      const result = screenPair(logY, logX, { lags: { kind: "fixed", lags: 1 } });
      if (result.kind !== "tested") throw new Error(result.message);
      const check = (name: string, actual: number | null, rtol: number): void =>
        expectWithin(`${legY}~${legX} ${name}`, actual ?? Number.NaN, Number(cell(row, name)), {
          rtol,
          atol: 0,
        });
      expect(result.observations).toBe(Number(cell(row, "n")));
      check("alpha", result.yOnX.intercept, 1e-8);
      check("beta", result.yOnX.hedgeRatio, 1e-8);
      check("coint_t", result.yOnX.statistic, 1e-8);
      check("coint_p", result.yOnX.pValue, 1e-6);
      // An empty cell: the spread moves away from its mean.
      if (cell(row, "half_life") === "") expect(result.halfLife.linearBars).toBeNull();
      else check("half_life", result.halfLife.linearBars, 1e-7);
      check("returns_corr", result.returnsCorrelation, 1e-8);
      pValues[i] = result.yOnX.pValue;
    });

    const qValues = benjaminiHochberg(pValues);
    rows.forEach((row, i) => {
      const q = Number(cell(row, "bh_p"));
      expectWithin(`${row[0]}~${row[1]} q`, qValues[i]!, q, { rtol: 1e-6, atol: 0 });
    });
    expect(rows).toHaveLength(276);
    expect(rejectionCount(pValues, 0.05)).toBe(49);
    expect(rejectionCount(qValues, 0.05)).toBe(2);
  });
});

describe.skipIf(!HAS_REAL_PRICES)("the reference pairs", () => {
  test.each(REFERENCE.pairs)("agree with statsmodels: $name", (reference) => {
    const [logY, logX] = logsOf(reference);
    expect(logY).toHaveLength(reference.n);

    const fit = simpleOls(logY, logX);
    expectWithin("alpha", fit.intercept, reference.ols.alpha, { rtol: 1e-8, atol: 1e-10 });
    expectWithin("beta", fit.slope, reference.ols.beta, REFERENCE_TOLERANCE);
    expectWithin(
      "se_alpha",
      fit.standardErrors.intercept,
      reference.ols.se_alpha,
      REFERENCE_TOLERANCE,
    );
    expectWithin("se_beta", fit.standardErrors.slope, reference.ols.se_beta, REFERENCE_TOLERANCE);
    expectWithin("r2", fit.rSquared, reference.ols.r2, REFERENCE_TOLERANCE);

    if (reference.coint_c_aic.stat === null) {
      expect(screenPair(logY, logX)).toMatchObject({ kind: "refused", reason: "collinear" });
      return;
    }
    const result = screenPair(logY, logX, { compat: "statsmodels" });
    if (result.kind !== "tested") throw new Error(result.message);
    const lagOne = engleGranger(logY, logX, { lags: { kind: "fixed", lags: 1 } });
    for (const [name, test, expected] of [
      ["AIC", result.yOnX, reference.coint_c_aic],
      ["reverse AIC", result.xOnY, reference.coint_reverse_c_aic],
      ["lag 1", lagOne, reference.coint_c_lag1],
    ] as const) {
      expectWithin(`${name} statistic`, test.statistic, expected.stat ?? Number.NaN, {
        rtol: 1e-6,
        atol: 0,
      });
      expectWithin(`${name} p`, test.pValue, expected.p, { rtol: 1e-4, atol: 1e-12 });
    }
    const onePercent = reference.coint_c_aic.crit["1%"] ?? Number.NaN;
    expectWithin("1 %", result.yOnX.criticalValues.onePercent, onePercent, REFERENCE_TOLERANCE);
    const { neg_ln2_over_slope, ln2_over_neg_log1p } = reference.half_life;
    const { linearBars, exactBars } = result.halfLife;
    expectWithin("linear", linearBars ?? Number.NaN, neg_ln2_over_slope, { rtol: 1e-7, atol: 0 });
    expectWithin("exact", exactBars ?? Number.NaN, ln2_over_neg_log1p, { rtol: 1e-7, atol: 0 });
    expectWithin("returns", result.returnsCorrelation, reference.returns_corr, REFERENCE_TOLERANCE);
  });
});
