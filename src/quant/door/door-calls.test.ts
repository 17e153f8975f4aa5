import { describe, expect, test } from "vitest";
import { cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import {
  expectWithin,
  goldenCases,
  goldenInput,
  goldenSeries,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { goldenRows } from "../golden/load-golden-matrix.test-support.ts";
import { correctedRescaledRange } from "../mean-reversion/rescaled-range.ts";
import { answerCall } from "./answer-call.ts";
import { partOf } from "./ask-door.test-support.ts";
import { CALLS } from "./calls.ts";

const y = [...goldenSeries("coint_b13_hl5_n250.y")];
const x = [...goldenSeries("coint_b13_hl5_n250.x")];
const logY = y.map(Math.log);
const logX = x.map(Math.log);
const spread = [...goldenSeries("spread_coint_b13_hl5_n250")];
const returns = [...goldenSeries("returns_750.strategy")];
const benchmark = [...goldenSeries("returns_750.benchmark")];
const matrix = goldenRows("pca_features_40x5");
const sample = { sharpe: 0.1, observations: 252, skewness: 0, kurtosis: 3 };
const backtest = {
  y: { open: y, close: y },
  x: { open: x, close: x },
  formation: [0, 120],
  trading: [120, 250],
  zScoreWindowBars: 20,
  entryZScore: 1.5,
  exitZScore: 0,
  stopZScore: 4,
  holdingMaxBars: null,
  notional: 1_000,
  initialEquity: 10_000,
  feeBps: 5,
  slippageBps: 2,
} as const;

const ROWS = [
  {
    call: "ols",
    args: { y, x: [x], intercept: true },
    keys: ["coefficients", "standardErrors", "rSquared", "residuals"],
  },
  {
    call: "adf",
    args: { series: spread, trend: "c", lags: "bic", maxLag: 5, compat: "statsmodels" },
    keys: ["statistic", "pValue", "lags", "observations", "criticalValues.1%"],
  },
  {
    call: "kpss",
    args: { series: spread, trend: "ct", lags: "legacy" },
    keys: ["statistic", "pValue", "lags", "criticalValues.10%"],
  },
  {
    call: "phillipsPerron",
    args: { series: spread, trend: "c", test: "rho" },
    keys: ["statistic", "pValue", "lags"],
  },
  { call: "dfgls", args: { series: spread, trend: "c", lags: 1 }, keys: ["statistic", "lags"] },
  {
    call: "zivotAndrews",
    args: { series: spread, trend: "ct", lags: "t-stat" },
    keys: ["statistic", "lags", "breakIndex"],
  },
  {
    call: "engleGranger",
    args: { y: logY, x: logX, trend: "c", lags: "aic", maxLag: 4 },
    keys: ["statistic", "pValue", "lags", "hedgeRatio", "hedgeRatios", "intercept"],
  },
  {
    call: "cointegratedPair",
    args: { a: logY, b: logX, trend: "c", lags: "aic" },
    keys: ["aOnB.pValue", "bOnA.pValue", "combinedPValue", "direction"],
  },
  {
    call: "johansen",
    args: { series: [logY, logX], deterministic: "restricted-constant", lagsDiff: 1 },
    keys: ["eigenvalues", "eigenvectors", "trace.pValues", "maxEigenvalue.criticalValues.95"],
  },
  { call: "halfLife", args: { series: spread }, keys: ["linear", "exact"] },
  {
    call: "hurst",
    args: { series: spread, method: "ghe", options: { minLag: 1, maxLag: 19, q: 1 } },
    keys: ["hurst"],
  },
  {
    call: "varianceRatio",
    args: { series: logY, q: 5, debiased: false, robust: true },
    keys: ["ratio", "statistic", "pValue"],
  },
  {
    call: "ornsteinUhlenbeck",
    args: { series: spread, dt: 1 / 252 },
    keys: ["kappa", "theta", "sigma"],
  },
  {
    call: "bertram",
    args: { kappa: 25, theta: 0.3, sigma: 0.2, cost: 0.004, riskFree: 0.01, objective: "sharpe" },
    keys: [
      ...["entry", "exit", "expectedTradeLength", "varianceTradeLength"],
      ...["expectedReturn", "varianceReturn", "sharpe"],
    ],
  },
  {
    call: "kalmanHedge",
    args: {
      ...{ y: logY, x: logX, processVariance: [1e-4, 1e-4], observationVariance: 1e-3 },
      ...{ initialState: [0, 0], initialCovariance: 1 },
    },
    keys: ["states", "innovations", "innovationVariances", "logLikelihood"],
  },
  { call: "rollingOls", args: { y, x, window: 30, intercept: false }, keys: ["coefficients"] },
  { call: "neweyWest", args: { y, x: [x], lags: 4 }, keys: ["coefficients", "standardErrors"] },
  { call: "ridge", args: { y, x: [x], penalty: 2 }, keys: ["coefficients", "intercept"] },
  {
    call: "phillipsOuliaris",
    args: { y: logY, x: logX, statistic: "Pz", trend: "c", lags: "short" },
    keys: ["statistic", "lags", "observations", "criticalValues.5%"],
  },
  {
    call: "cusum",
    args: { residuals: spread, parameters: 2 },
    keys: ["statistic", "pValue", "breakIndex", "path", "criticalValues.5%"],
  },
  {
    call: "hedgeRatioBreak",
    args: { y: logY, x: logX, trim: 0.2 },
    keys: ["statistic", "pValue", "breakIndex", "hedgeRatioBefore", "hedgeRatioAfter"],
  },
  {
    call: "kalmanSmoother",
    args: { y: logY, x: logX, processVariance: 1e-5, observationVariance: 1e-3 },
    keys: ["states", "stateVariances"],
  },
  {
    call: "silhouette",
    args: { matrix, labels: matrix.map((_, i) => i % 2) },
    keys: ["score", "samples"],
  },
  {
    call: "stationaryBootstrap",
    args: { returns, statistic: "sharpe", periodsPerYear: 252, seed: 3, replications: 50 },
    keys: ["lower", "upper", "median", "replications", "meanBlockBars"],
  },
  { call: "pca", args: { matrix, nComponents: 2 }, keys: ["components", "explainedVariance"] },
  {
    call: "optics",
    args: { matrix, minSamples: 3, compat: "sklearn-1.2" },
    keys: ["labels", "ordering", "reachability", "coreDistances", "predecessor"],
  },
  { call: "dbscan", args: { matrix, eps: 1.5 }, keys: ["labels", "coreSampleIndices"] },
  { call: "adjustPValues", args: { pValues: [0.01, 0.2], method: "holm" }, keys: ["adjusted"] },
  {
    call: "performance",
    args: { returns, periodsPerYear: 252, riskFree: 1e-4, benchmark, trades: [10, -4, 3] },
    keys: [
      ...["totalReturn", "annualisedReturn", "volatility", "sharpeRatio", "sortinoRatio"],
      ...["calmarRatio", "omegaRatio", "drawdownMax", "valueAtRisk", "conditionalValueAtRisk"],
      ...["underwaterBarsMax", "winRate", "profitFactor", "expectancy"],
      ...["alphaAnnualised", "beta", "informationRatio"],
    ],
  },
  { call: "psr", args: { ...sample, benchmarkSharpe: 0, confidence: 0.95 }, keys: ["value"] },
  { call: "minTrl", args: { ...sample, benchmarkSharpe: 0, confidence: 0.9 }, keys: ["value"] },
  {
    call: "dsr",
    args: { ...sample, trials: 20, trialsVariance: 0.002 },
    keys: ["value", "expectedMaximum"],
  },
  {
    call: "pbo",
    args: { returns: goldenColumns("trials_noise"), blocks: 4 },
    keys: ["value", "logits"],
  },
  {
    call: "indicator",
    args: { name: "rsi", series: y, parameters: { period: 14 } },
    keys: ["series"],
  },
  { call: "zScoreBacktest", args: backtest, keys: ["trades.0", "equity", "metrics.totalReturn"] },
] as const;

function resultOf(call: string, args: unknown): unknown {
  return partOf(answerCall(JSON.parse(JSON.stringify({ call, args: plain(args) }))), "result");
}

function plain(args: unknown): unknown {
  const written = JSON.stringify(args, (_, value: unknown) =>
    value instanceof Float64Array ? [...value] : value,
  );
  return JSON.parse(written);
}

test.each(ROWS)("$call takes the arguments of its row and has its keys", ({ call, args, keys }) => {
  const result = resultOf(call, args);
  for (const key of keys) {
    const value = partOf(result, key);
    expect(value, key).toBeDefined();
    expect(value, key).not.toBeNull();
  }
});

test("every call has a row", () => {
  expect([...CALLS.keys()].sort()).toEqual(ROWS.map(({ call }) => String(call)).sort());
});

describe("cointegratedPair", () => {
  test("answers as the function does, both ways", () => {
    const pair = cointegratedPair(Float64Array.from(logY), Float64Array.from(logX));
    expect(resultOf("cointegratedPair", { a: logY, b: logX })).toMatchObject({
      combinedPValue: pair.combinedPValue,
      direction: pair.direction,
      aOnB: { statistic: pair.aOnB.statistic, pValue: pair.aOnB.pValue },
      bOnA: { statistic: pair.bOnA.statistic, hedgeRatio: pair.bOnA.hedgeRatio },
    });
  });
});

describe("hurst", () => {
  test("has the corrected rescaled range", () => {
    const walk = randomWalk(500, 7);
    expect(resultOf("hurst", { series: [...walk], method: "rs-corrected" })).toMatchObject({
      hurst: correctedRescaledRange(walk).exponent,
    });
  });
});

describe("kalmanHedge", () => {
  test("takes a covariance as a number, a diagonal or a matrix", () => {
    const args = { y: logY, x: logX, processVariance: 1e-4, observationVariance: 1e-3 };
    const ask = (initialCovariance: unknown) =>
      resultOf("kalmanHedge", { ...args, initialCovariance });
    const matrixOfTwo = [
      [2, 0],
      [0, 2],
    ];
    expect(ask(matrixOfTwo)).toEqual(ask(2));
    expect(ask([2, 2])).toEqual(ask(2));
    expect(ask(undefined)).toEqual(ask(0));
  });
});

describe("calls of one function", () => {
  const tolerance = { rtol: 1e-9, atol: 1e-12 };

  test("neweyWest has the errors of statsmodels", () => {
    const [golden] = goldenCases("regression", "ols_hac/");
    if (golden === undefined) throw new Error("no case");
    const args = {
      y: goldenInput(golden, "y"),
      x: [goldenInput(golden, "x")],
      lags: golden.params?.["maxlags"],
    };
    const errors = partOf(resultOf("neweyWest", args), "standardErrors");
    const expected = Number(golden.expected["se_alpha"]);
    expectWithin("intercept", Number(partOf(errors, "0")), expected, golden.tolerance);
  });

  test("kalmanSmoother ends where the filter ends, and knows more before", () => {
    const args = { y: logY, x: logX, processVariance: 1e-5, observationVariance: 1e-3 };
    const smoothed = resultOf("kalmanSmoother", { ...args, initialCovariance: 1 });
    const filtered = resultOf("kalmanHedge", { ...args, initialCovariance: 1 });
    expect(partOf(smoothed, "states.249")).toEqual(partOf(filtered, "states.249"));
    const at = "stateVariances.100.0.0";
    expect(partOf(smoothed, at)).toBeLessThan(Number(partOf(filtered, at)));
  });

  test("ridge without much of a penalty is least squares", () => {
    const line = partOf(resultOf("ols", { y, x: [x] }), "coefficients.1");
    const held = partOf(resultOf("ridge", { y, x: [x], penalty: 1e-9 }), "coefficients.0");
    expectWithin("slope", Number(held), Number(line), tolerance);
  });

  test("stationaryBootstrap draws the same for the same seed", () => {
    const ask = (seed: number) => resultOf("stationaryBootstrap", { returns, seed });
    expect(ask(5)).toEqual(ask(5));
    expect(ask(5)).not.toEqual(ask(6));
  });

  test("a rolling quantile of one half is the median", () => {
    const args = { name: "rollingQuantile", series: [3, 1, 2, 9], parameters: { period: 3 } };
    expect(resultOf("indicator", args)).toMatchObject({ series: [null, null, 2, 2] });
  });
});

describe("pca", () => {
  test("takes as many components as carry a share of the variance, as scikit-learn does", () => {
    const all = partOf(resultOf("pca", { matrix }), "explainedVarianceRatio");
    const shares = Array.from(Object(all) as readonly number[]);
    const two = Number(shares[0]) + Number(shares[1]);
    expect(resultOf("pca", { matrix, nComponents: two - 1e-9 })).toMatchObject({ nComponents: 2 });
    expect(resultOf("pca", { matrix, nComponents: two + 1e-9 })).toMatchObject({ nComponents: 3 });
  });

  test("has as many components as scikit-learn for a matrix with more columns than rows", () => {
    const wide = Array.from({ length: 4 }, (_, i) => [...randomWalk(10, i + 1)]);
    const found = resultOf("pca", { matrix: wide, whiten: true });
    expect(found).toMatchObject({ nComponents: 4 });
    expect(partOf(found, "explainedVariance.3")).toBe(0);
    expect(partOf(found, "transformed.0.3")).toBeCloseTo(0, 12);
    const last = Array.from(Object(partOf(found, "components.3")) as readonly number[]);
    expect(last.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
    for (let i = 0; i < 3; i++) {
      const other = Array.from(Object(partOf(found, `components.${i}`)) as readonly number[]);
      expect(other.reduce((sum, value, j) => sum + value * Number(last[j]), 0)).toBeCloseTo(0, 12);
    }
  });

  test("has scores of unit variance when whitened", () => {
    const scores = partOf(resultOf("pca", { matrix, whiten: true }), "transformed");
    const rows = Object(scores) as readonly (readonly number[])[];
    const squares = rows.reduce((sum, row) => sum + Number(row[0]) ** 2, 0);
    expect(squares / (rows.length - 1)).toBeCloseTo(1, 10);
  });
});

describe("indicator", () => {
  const bars = {
    high: [3, 4, 5, 6],
    low: [1, 2, 3, 4],
    close: [2, 3, 4, 5],
    volume: [10, 10, 20, 10],
  };

  test("takes bars as series or one by one", () => {
    const rows = bars.close.map((close, i) => ({
      high: bars.high[i],
      low: bars.low[i],
      close,
      volume: bars.volume[i],
    }));
    const args = { name: "vwap", parameters: {} };
    expect(resultOf("indicator", { ...args, bars: rows })).toEqual(
      resultOf("indicator", { ...args, bars }),
    );
  });

  test("takes the close of bars where it needs a series, and high and low for a channel", () => {
    const ask = (name: string) => resultOf("indicator", { name, bars, parameters: { period: 2 } });
    expect(ask("sma")).toMatchObject({ series: [null, 2.5, 3.5, 4.5] });
    expect(ask("rollingHigh")).toMatchObject({ series: [null, 4, 5, 6] });
    expect(ask("rollingLow")).toMatchObject({ series: [null, 1, 2, 3] });
  });
});
