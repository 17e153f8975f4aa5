import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { zScore } from "../indicators/z-score.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { ordinaryLeastSquares } from "../regression/ordinary-least-squares.ts";
import { augmentedDickeyFuller } from "./adf.ts";
import { type JohansenTest, johansen } from "./johansen.ts";
import type { JohansenDeterministic } from "./johansen-law.ts";
import type { LagOption } from "./lag-selection.ts";
import {
  HAS_REAL_PRICES,
  logsOf,
  type PairReference,
  REFERENCE,
  readTable,
  sayWhatIsSkipped,
} from "./real-prices.test-support.ts";

sayWhatIsSkipped();

const AIC: LagOption = { kind: "aic" };
const ONE: LagOption = { kind: "fixed", lags: 1 };
const TIGHT = { rtol: 1e-8, atol: 1e-12 };

function fitOf(reference: PairReference) {
  const [logY, logX] = logsOf(reference);
  return { logY, logX, fit: ordinaryLeastSquares(logY, [logX]) };
}

const ROWS = REFERENCE.pairs.flatMap((reference) =>
  (
    [
      ["adf_resid_c_aic", "c", AIC],
      ["adf_resid_c_lag1", "c", ONE],
      ["adf_resid_n_lag1", "n", ONE],
      ["adf_log_y_c_aic", "c", AIC],
      ["adf_log_x_c_aic", "c", AIC],
    ] as const
  ).map(([block, trend, lags]) => ({ name: reference.name, reference, block, trend, lags })),
);

describe.skipIf(!HAS_REAL_PRICES)("unit roots of the reference pairs", () => {
  test.each(ROWS)("agree with statsmodels: $name, $block", ({ reference, block, trend, lags }) => {
    const { logY, logX, fit } = fitOf(reference);
    const series = block.endsWith("y_c_aic") ? logY : block.endsWith("x_c_aic") ? logX : null;
    const found = augmentedDickeyFuller(series ?? fit.residuals, { trend, lags });
    const expected = reference[block];
    expect(found.lags).toBe(expected.usedlag);
    expect(found.observations).toBe(expected.nobs);
    expectWithin("statistic", found.statistic, expected.stat, { rtol: 1e-6, atol: 0 });
    expectWithin("p", found.pValue, expected.p, { rtol: 1e-4, atol: 1e-12 });
    const { onePercent, fivePercent, tenPercent } = found.criticalValues;
    for (const [level, value] of [
      ["1%", onePercent],
      ["5%", fivePercent],
      ["10%", tenPercent],
    ] as const) {
      expectWithin(level, value, expected.crit[level], TIGHT);
    }
  });

  test("are 250 answers", () => {
    expect(ROWS).toHaveLength(250);
  });

  test.each(REFERENCE.pairs)(
    "residuals and z-scores agree with statsmodels: $name",
    (reference) => {
      const { fit } = fitOf(reference);
      const { residuals } = fit;
      const n = residuals.length;
      const expected = reference.ols;
      // Residuals of copies are near the rounding of the logarithms that they are left of.
      const loose = { rtol: 1e-6, atol: 1e-12 };
      expectWithin("Durbin–Watson", fit.durbinWatson ?? Number.NaN, expected.durbin_watson, loose);
      const deviation = Math.sqrt(
        residuals.reduce((sum, value) => sum + value * value, 0) / (n - 1),
      );
      expectWithin("deviation", deviation, expected.resid_std_ddof1, loose);
      expectWithin("last", residuals.at(-1) ?? Number.NaN, expected.resid_last, loose);
      expectWithin("z", Number(residuals.at(-1)) / deviation, expected.z_last_full, loose);
      const last = residuals.subarray(-60);
      for (const [ddof, value] of [
        [1, expected.z_last_roll60_ddof1],
        [0, expected.z_last_roll60_ddof0],
      ] as const) {
        const zScores = zScore(last, 60, { ddof });
        expectWithin(`z, ddof ${ddof}`, zScores[59] ?? Number.NaN, value, loose);
      }
      const life = halfLife(residuals);
      expectWithin("slope", life.slope, reference.half_life.ar_slope, { rtol: 1e-7, atol: 0 });
      const { ar_const } = reference.half_life;
      expectWithin("constant", life.intercept, ar_const, { rtol: 1e-6, atol: 1e-12 });
    },
  );
});

function expectJohansen(
  label: string,
  found: JohansenTest,
  expected: { readonly stat: readonly number[]; readonly critical: readonly (readonly number[])[] },
): void {
  expect(found.statistics).toHaveLength(expected.stat.length);
  expected.stat.forEach((value, rank) => {
    expectWithin(`${label} ${rank}`, found.statistics[rank] ?? Number.NaN, value, {
      rtol: 1e-6,
      atol: 1e-9,
    });
    const values = found.criticalValues[rank];
    expect([values?.tenPercent, values?.fivePercent, values?.onePercent]).toEqual(
      expected.critical[rank],
    );
  });
}

describe.skipIf(!HAS_REAL_PRICES)("Johansen tests of the reference pairs", () => {
  test.each(REFERENCE.pairs)("agree with statsmodels: $name", (reference) => {
    const expected = reference.johansen_det0_k1;
    const found = johansen(logsOf(reference), { deterministic: 0, lagsDiff: 1 });
    expectJohansen("trace", found.trace, {
      stat: expected.trace,
      critical: expected.trace_crit_90_95_99,
    });
    expectJohansen("largest eigenvalue", found.maxEigenvalue, {
      stat: expected.max_eig,
      critical: expected.max_eig_crit_90_95_99,
    });
    expected.eig.forEach((value, i) => {
      const tolerance = { rtol: 1e-6, atol: 1e-12 };
      expectWithin(`eigenvalue ${i}`, found.eigenvalues[i] ?? Number.NaN, value, tolerance);
    });
    const [ofY = Number.NaN, ofX = Number.NaN] = found.eigenvectors[0] ?? [];
    const tolerance = { rtol: 1e-6, atol: 0 };
    expectWithin("hedge ratio", -ofX / ofY, expected.beta_from_first_evec, tolerance);
  });
});

/** There is no form with a squared trend here. */
const ORDERS: readonly number[] = [-1, 0, 1] satisfies readonly JohansenDeterministic[];

describe.skipIf(!HAS_REAL_PRICES)("Johansen tests of eight series", () => {
  const { file, cases } = REFERENCE.matlab_johansen;
  const [, ...rows] = HAS_REAL_PRICES ? readTable(file) : [];
  const system = Array.from({ length: 8 }, (_, j) =>
    Float64Array.from(rows, (row) => Number(row[j])),
  );

  test.each(cases.filter(({ det_order }) => ORDERS.includes(det_order)))(
    "agree with Matlab: order $det_order, $k_ar_diff lags",
    ({ det_order, k_ar_diff, trace, max_eig }) => {
      const deterministic = det_order === -1 ? -1 : det_order === 0 ? 0 : 1;
      const found = johansen(system, { deterministic, lagsDiff: k_ar_diff });
      expectJohansen("trace", found.trace, { stat: trace.stat, critical: trace.crit_90_95_99 });
      expectJohansen("largest eigenvalue", found.maxEigenvalue, {
        stat: max_eig.stat,
        critical: max_eig.crit_90_95_99,
      });
    },
  );

  test("are three of the four: a squared trend is no form here", () => {
    expect(cases.map(({ det_order }) => det_order).sort()).toEqual([-1, 0, 1, 2]);
  });
});

describe.skipIf(!HAS_REAL_PRICES)("unit roots of the economy", () => {
  const { file, cases } = REFERENCE.stata_adf;
  const [header = [], ...rows] = HAS_REAL_PRICES ? readTable(file) : [];

  test.each(cases)("agree with Stata: $column, $regression", (expected) => {
    const { column, regression, maxlag } = expected;
    const at = header.indexOf(column);
    const found = augmentedDickeyFuller(
      Float64Array.from(rows, (row) => Number(row[at])),
      { trend: regression, lags: { kind: "fixed", lags: maxlag } },
    );
    // Stata computes with prices in single precision.
    expectWithin("statistic", found.statistic, expected.stat, { rtol: 1e-5, atol: 0 });
    expectWithin("p", found.pValue, expected.p, { rtol: 0, atol: 1e-5 });
    const { stat, p, nobs } = expected.statsmodels;
    expectWithin("statistic of statsmodels", found.statistic, stat, TIGHT);
    expectWithin("p of statsmodels", found.pValue, p, { rtol: 1e-6, atol: 1e-12 });
    expect(found.observations).toBe(nobs);
  });
});
