import { describe, expect, test } from "vitest";
import {
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  goldenSeries,
} from "../golden/load-golden.test-support.ts";
import { goldenRows } from "../golden/load-golden-matrix.test-support.ts";
import { askDoor, expectGoldenAnswer, type GoldenCall, partOf } from "./ask-door.test-support.ts";

const ofX = (golden: GoldenCase) => ({ series: goldenInput(golden, "x") });
const ofPair = (golden: GoldenCase) => ({
  y: goldenInput(golden, "y"),
  x: goldenInput(golden, "x"),
});

const returns = (golden: GoldenCase) => golden.expected["half_life_linear"] !== "Infinity";

const halfLife = goldenCases("mean-reversion", "half_life/").map(
  (golden): GoldenCall => ({
    golden,
    call: "halfLife",
    args: ofX(golden),
    fields: {
      half_life_linear: "linear",
      half_life_exact: "exact",
      slope: "slope",
      ...(returns(golden) ? { half_life_thesis: "fromZero" } : {}),
    },
  }),
);

const HURST = {
  hurst_std_2_99: { method: "std", options: { minLag: 2, maxLag: 99 } },
  hurst_std_2_20: { method: "std", maxLag: 20 },
  ghe_q1: { method: "ghe", options: { q: 1 } },
  ghe_q2: { method: "ghe", q: 2, minLag: 1, maxLag: 19 },
  hurst_rs: { method: "rs-simplified" },
  dfa: { method: "dfa" },
} as const;

const hurst = goldenCases("mean-reversion", "hurst/").flatMap((golden) =>
  Object.entries(HURST).map(
    ([field, options]): GoldenCall => ({
      golden,
      call: "hurst",
      args: { ...ofX(golden), ...options },
      fields: { [field]: "hurst" },
    }),
  ),
);

const ornsteinUhlenbeck = goldenCases("mean-reversion", "ou_mle/").map(
  (golden): GoldenCall => ({
    golden,
    call: "ornsteinUhlenbeck",
    args: { ...ofX(golden), dt: golden.params?.["dt"] },
    fields: { kappa: "kappa", theta: "theta", sigma: "sigma" },
  }),
);

const bertram = goldenCases("mean-reversion", "bertram/").flatMap((golden) => {
  const { kappa, theta, sigma, cost, risk_free: riskFree } = { ...golden.params };
  const problem = { kappa, theta, sigma, cost, riskFree };
  return [
    {
      golden,
      call: "bertram",
      args: { ...problem, objective: "return" },
      fields: {
        entry: "entry",
        exit: "exit",
        expected_time: "expectedTradeLength",
        var_time: "varianceTradeLength",
        expected_return: "expectedReturn",
        var_return: "varianceReturn",
      },
    },
    {
      golden,
      call: "bertram",
      args: { ...problem, objective: "sharpe" },
      fields: { sharpe_max: "sharpe", sharpe_entry: "entry" },
    },
  ] satisfies GoldenCall[];
});

const kalman = goldenCases("kalman", "kalman/").map(
  (golden): GoldenCall => ({
    golden,
    call: "kalmanHedge",
    args: {
      ...ofPair(golden),
      processVariance: golden.params?.["q"],
      observationVariance: golden.params?.["V"],
      initialState: [0, 0],
      initialCovariance: golden.params?.["P0"],
    },
    fields: { loglik: "logLikelihood" },
  }),
);

const kalmanMl = goldenCases("kalman", "kalman_ml/").map(
  (golden): GoldenCall => ({
    golden,
    call: "kalmanHedge",
    args: { ...ofPair(golden), processVariance: "ml" },
    fields: {
      loglik: "logLikelihood",
      q_beta: "processVariance.0",
      q_alpha: "processVariance.1",
    },
  }),
);

const rollingOls = goldenCases("regression", "rolling_ols/").map(
  (golden): GoldenCall => ({
    golden,
    call: "rollingOls",
    args: { ...ofPair(golden), window: golden.params?.["window"] },
    fields: {},
  }),
);

const matrixOf = (golden: GoldenCase) => ({ matrix: goldenRows(String(golden.input["X"])) });

const pca = goldenCases("clustering", "pca/").map(
  (golden): GoldenCall => ({
    golden,
    call: "pca",
    args: { ...matrixOf(golden), nComponents: golden.params?.["n_components"] },
    fields: {
      explained_variance: "explainedVariance",
      explained_variance_ratio: "explainedVarianceRatio",
      noise_variance: "noiseVariance",
      ...(golden.expected["mean"] === undefined
        ? {}
        : { mean: "mean", singular_values: "singularValues" }),
    },
  }),
);

/** The names of scikit-learn in camelCase. */
function camelCased(params: GoldenCase["params"]): Readonly<Record<string, unknown>> {
  const entries = Object.entries({ ...params }).map(([name, value]) => [
    name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries);
}

const optics = goldenCases("clustering", "optics/").flatMap((golden) => {
  const args = { ...matrixOf(golden), ...camelCased(golden.params) };
  const right: GoldenCall = {
    golden,
    call: "optics",
    args,
    fields: {
      labels: "labels",
      ordering: "ordering",
      reachability: "reachability",
      core_distances: "coreDistances",
      predecessor: "predecessor",
      ...(golden.params?.["cluster_method"] === "xi"
        ? { cluster_hierarchy: "clusterHierarchy" }
        : {}),
    },
  };
  if (golden.expected["labels_sklearn_1_2"] === undefined) return [right];
  const faulty = {
    ...right,
    args: { ...args, compat: "sklearn-1.2" },
    fields: { labels_sklearn_1_2: "labels" },
  };
  return [right, faulty];
});

const dbscan = goldenCases("clustering", "dbscan/").map(
  (golden): GoldenCall => ({
    golden,
    call: "dbscan",
    args: { ...matrixOf(golden), ...camelCased(golden.params) },
    fields: { labels: "labels", core_sample_indices: "coreSampleIndices" },
  }),
);

const adjustPValues = goldenCases("clustering", "multitest/").map(
  (golden): GoldenCall => ({
    golden,
    call: "adjustPValues",
    args: {
      pValues: goldenSeries(String(golden.input["p"])),
      method: golden.params?.["method"],
    },
    fields: { p_adjusted: "adjusted" },
  }),
);

const rows = [
  ...[...halfLife, ...hurst, ...ornsteinUhlenbeck, ...bertram, ...kalman, ...kalmanMl],
  ...[...rollingOls, ...pca, ...optics, ...dbscan, ...adjustPValues],
];
const answers = askDoor(rows);
const answerTo = new Map(rows.map((row, i) => [row, answers[i]]));

describe.each([...new Set(rows.map(({ call }) => call))])("%s through the door", (call) => {
  const own = rows.filter((row) => row.call === call);
  test.each(own.map((row) => ({ name: row.golden.case, row })))("agrees: $name", ({ row }) => {
    expectGoldenAnswer(row, answerTo.get(row));
  });
});

test("a half-life that there is not says why", () => {
  const wandering = halfLife.filter(({ golden }) => !returns(golden));
  expect(wandering.length).toBeGreaterThan(0);
  for (const row of wandering) {
    expect(partOf(answerTo.get(row), "result.reason")).toBe("no-mean-reversion");
  }
});

test.each(kalman.map((row) => ({ name: row.golden.case, row })))(
  "kalmanHedge has state, innovation and its variance of each bar: $name",
  ({ row }) => {
    const { golden } = row;
    const result = partOf(answerTo.get(row), "result");
    const indexes = golden.expected["index"] as readonly number[];
    const paths = {
      beta: (i: number) => `states.${i}.0`,
      alpha: (i: number) => `states.${i}.1`,
      e: (i: number) => `innovations.${i}`,
      S: (i: number) => `innovationVariances.${i}`,
    };
    for (const [field, pathAt] of Object.entries(paths)) {
      const expected = golden.expected[field] as readonly number[];
      indexes.forEach((index, i) => {
        const actual = Number(partOf(result, pathAt(index)));
        expectWithin(`${field} ${index}`, actual, Number(expected[i]), golden.tolerance);
      });
    }
  },
);

test.each(rollingOls.map((row) => ({ name: row.golden.case, row })))(
  "rollingOls has the coefficients of each bar, the intercept first: $name",
  ({ row }) => {
    const { golden } = row;
    const result = partOf(answerTo.get(row), "result");
    const indexes = golden.expected["index"] as readonly number[];
    for (const [field, place] of Object.entries({ alpha: 0, beta: 1 })) {
      const expected = golden.expected[field] as readonly number[];
      indexes.forEach((index, i) => {
        const actual = partOf(result, `coefficients.${index}.${place}`);
        expectWithin(`${field} ${index}`, Number(actual), Number(expected[i]), golden.tolerance);
      });
    }
    expect(partOf(result, "coefficients.0")).toEqual([null, null]);
  },
);
