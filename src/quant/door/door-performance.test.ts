import { describe, expect, test } from "vitest";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import {
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  goldenSeries,
} from "../golden/load-golden.test-support.ts";
import { askDoor, expectGoldenAnswer, type GoldenCall, partOf } from "./ask-door.test-support.ts";

const performance = goldenCases("performance", "metrics/").map((golden): GoldenCall => {
  const hasBenchmark = golden.input["benchmark"] !== undefined;
  const known = new Set(Object.keys(golden.expected));
  const fields = {
    total_return: "totalReturn",
    cagr: "annualisedReturn",
    ann_vol: "volatility",
    sharpe: "sharpeRatio",
    sharpe_per_period: "sharpePerPeriod",
    sortino: "sortinoRatio",
    calmar: "calmarRatio",
    omega: "omegaRatio",
    skew: "skewness",
    kurtosis_raw: "kurtosis",
    tail_ratio: "tailRatio",
    best: "best",
    worst: "worst",
    positive_share: "positiveShare",
    longest_underwater_bars: "underwaterBarsMax",
    beta: "beta",
    alpha_per_period: "alphaPerPeriod",
    alpha_ann_simple: "alphaAnnualisedSimple",
    alpha_ann_compound: "alphaAnnualised",
    correlation: "correlation",
    tracking_error: "trackingError",
    information_ratio: "informationRatio",
  };
  return {
    golden,
    call: "performance",
    args: {
      returns: goldenInput(golden, "r"),
      periodsPerYear: golden.params?.["ann"],
      riskFree: golden.params?.["rf_per_period"],
      ...(hasBenchmark ? { benchmark: goldenInput(golden, "benchmark") } : {}),
    },
    fields: Object.fromEntries(Object.entries(fields).filter(([field]) => known.has(field))),
  };
});

const sampleOf = ({ params }: GoldenCase) => ({
  sharpe: params?.["sr"],
  observations: params?.["n"],
  skewness: params?.["skew"],
  kurtosis: params?.["kurtosis_raw"],
});

const psr = goldenCases("performance", "psr/").flatMap((golden): readonly GoldenCall[] => {
  const args = { ...sampleOf(golden), benchmarkSharpe: golden.params?.["sr_benchmark"] };
  return [
    { golden, call: "psr", args, fields: { psr: "value" } },
    {
      golden,
      call: "minTrl",
      args: { ...args, confidence: 0.95 },
      fields: { min_trl_95: "value" },
    },
  ];
});

const dsr = goldenCases("performance", "dsr/paper").map(
  (golden): GoldenCall => ({
    golden,
    call: "dsr",
    args: {
      ...sampleOf(golden),
      trials: golden.params?.["n_trials"],
      trialsVariance: golden.params?.["var_trials"],
    },
    fields: { dsr: "value", sr0: "expectedMaximum" },
  }),
);

const pbo = goldenCases("performance", "pbo/").map(
  (golden): GoldenCall => ({
    golden,
    call: "pbo",
    args: { returns: goldenColumns(String(golden.input["M"])), blocks: golden.params?.["S"] },
    fields: { pbo: "value", mean_logit: "meanLogit", median_logit: "medianLogit" },
  }),
);

const NAMES = new Map([["zscore", "zScore"]]);
const SEVERAL = new Map([
  ["macd", { macd: "macd", signal: "signal", histogram: "histogram" }],
  [
    "bollinger",
    {
      middle: "middle",
      upper: "upper",
      lower: "lower",
      percent_b: "percentB",
      bandwidth: "bandwidth",
    },
  ],
  ["stochastic", { fast_k: "fastK", fast_d: "fastD", slow_k: "slowK", slow_d: "slowD" }],
  ["adx", { plus_di: "plusDi", minus_di: "minusDi", dx: "dx", adx: "adx" }],
]);

const indicators = goldenCases("indicators", "")
  .filter((golden) => golden.input["close"] !== undefined)
  .map((golden): GoldenCall => {
    const [name = ""] = golden.case.split("/");
    const columns = Object.entries(golden.input).map(([field, of]) => [field, goldenSeries(of)]);
    const { first_tr: firstRange, ...parameters } = { ...golden.params };
    const isSeries = columns.length === 1;
    const fields = SEVERAL.get(name);
    return {
      golden,
      call: "indicator",
      args: {
        name: NAMES.get(name) ?? name,
        ...(isSeries
          ? { series: goldenInput(golden, "close") }
          : { bars: Object.fromEntries(columns) }),
        parameters: firstRange === undefined ? parameters : { ...parameters, firstRange },
      },
      fields:
        fields === undefined
          ? { values: "series" }
          : Object.fromEntries(Object.entries(fields).map(([of, at]) => [of, `series.${at}`])),
    };
  });

const rows = [...performance, ...psr, ...dsr, ...pbo, ...indicators];
const answers = askDoor(rows);
const answerTo = new Map(rows.map((row, i) => [row, answers[i]]));

describe.each([...new Set(rows.map(({ call }) => call))])("%s through the door", (call) => {
  const own = rows.filter((row) => row.call === call);
  test.each(own.map((row) => ({ name: row.golden.case, row })))("agrees: $name", ({ row }) => {
    expectGoldenAnswer(row, answerTo.get(row));
  });
});

test.each(performance.map((row) => ({ name: row.golden.case, row })))(
  "losses are positive, and drawdown too: $name",
  ({ row: { golden }, row }) => {
    const paths = {
      max_drawdown: "drawdownMax",
      var_95: "valueAtRisk",
      cvar_95: "conditionalValueAtRisk",
    };
    for (const [field, path] of Object.entries(paths)) {
      const actual = Number(partOf(answerTo.get(row), `result.${path}`));
      expectWithin(field, actual, -Number(golden.expected[field]), golden.tolerance);
    }
  },
);

test("pbo answers with a logit for each way to choose half of the blocks", () => {
  for (const row of pbo) {
    const logits = partOf(answerTo.get(row), "result.logits");
    expect(logits).toHaveLength(Number(row.golden.expected["n_splits"]));
  }
});
