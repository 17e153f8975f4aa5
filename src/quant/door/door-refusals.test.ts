import { describe, expect, test } from "vitest";
import { randomWalk } from "../golden/load-golden.test-support.ts";
import { answerCall } from "./answer-call.ts";
import { runDoor } from "./ask-door.test-support.ts";

const walk = [...randomWalk(60, 1)];
const other = [...randomWalk(60, 2)];
const still = walk.map(() => 5);
const line = walk.map((_, i) => i);
const double = walk.map((value) => 2 * value + 1);

function codeOf(call: string, args: unknown): unknown {
  const answer = answerCall({ call, args });
  return "error" in answer ? answer.error.code : answer;
}

function messageOf(call: string, args: unknown): unknown {
  const answer = answerCall({ call, args });
  return "error" in answer ? answer.error.message : answer;
}

test.each([
  { code: "too-short", call: "adf", args: { series: [1, 2, 1] } },
  { code: "too-short", call: "adf", args: { series: walk.slice(0, 8), trend: "ctt", lags: 5 } },
  { code: "too-short", call: "kpss", args: { series: walk.slice(0, 8), lags: 8 } },
  { code: "too-short", call: "hurst", args: { series: walk, method: "dfa" } },
  { code: "too-short", call: "engleGranger", args: { y: walk.slice(0, 9), x: other.slice(0, 9) } },
  { code: "too-short", call: "psr", args: { sharpe: 0.1, observations: 1 } },
  { code: "length-mismatch", call: "ols", args: { y: walk, x: [other.slice(1)] } },
  { code: "length-mismatch", call: "johansen", args: { series: [walk, other.slice(1)] } },
  { code: "length-mismatch", call: "pca", args: { matrix: [[1, 2], [3]] } },
  { code: "length-mismatch", call: "kalmanHedge", args: kalman({ x: other.slice(1) }) },
  { code: "not-finite", call: "adf", args: { series: [...walk, null] } },
  { code: "not-finite", call: "halfLife", args: { series: ["NaN", ...walk] } },
  { code: "not-finite", call: "performance", args: { returns: [1, null], periodsPerYear: 252 } },
  {
    code: "not-finite",
    call: "ornsteinUhlenbeck",
    args: { series: walk, dt: Number.POSITIVE_INFINITY },
  },
  { code: "constant", call: "adf", args: { series: still } },
  { code: "constant", call: "kpss", args: { series: still } },
  { code: "constant", call: "phillipsPerron", args: { series: still } },
  { code: "constant", call: "halfLife", args: { series: still } },
  { code: "constant", call: "engleGranger", args: { y: walk, x: still } },
  { code: "constant", call: "johansen", args: { series: [walk, still] } },
  { code: "singular", call: "ols", args: { y: walk, x: [other, other] } },
  { code: "singular", call: "phillipsPerron", args: { series: line } },
  { code: "collinear", call: "engleGranger", args: { y: walk, x: double } },
  { code: "collinear", call: "cointegratedPair", args: { a: walk, b: double } },
  { code: "collinear", call: "johansen", args: { series: [walk, double] } },
  { code: "unknown-call", call: "toString", args: {} },
  { code: "bad-argument", call: "adf", args: {} },
  { code: "bad-argument", call: "adf", args: [walk] },
  { code: "bad-argument", call: "adf", args: { series: "1,2,3" } },
  { code: "bad-argument", call: "adf", args: { series: [1, "2", 3] } },
  { code: "bad-argument", call: "adf", args: { series: walk, trend: "cttt" } },
  { code: "bad-argument", call: "adf", args: { series: walk, lags: -1 } },
  { code: "bad-argument", call: "adf", args: { series: walk, lags: 3, maxLag: 2 } },
  { code: "bad-argument", call: "adf", args: { series: walk, compat: "excel" } },
  { code: "bad-argument", call: "hurst", args: { series: walk, method: "std", q: 2 } },
  { code: "bad-argument", call: "rollingOls", args: { y: walk, x: [walk, other], window: 20 } },
  { code: "bad-argument", call: "bertram", args: { kappa: -1, theta: 0, sigma: 1, cost: 0.1 } },
  { code: "bad-argument", call: "kalmanHedge", args: kalman({ observationVariance: null }) },
  { code: "bad-argument", call: "kalmanHedge", args: kalman({ processVariance: [1, 2, 3] }) },
  {
    code: "bad-argument",
    call: "kalmanHedge",
    args: kalman({
      initialCovariance: [
        [1, 0.1],
        [0.2, 1],
      ],
    }),
  },
  { code: "bad-argument", call: "engleGranger", args: { y: walk, x: [] } },
  { code: "bad-argument", call: "ols", args: { y: walk, x: [] } },
  {
    code: "bad-argument",
    call: "johansen",
    args: { series: [walk, other], deterministic: -1, driftless: true },
  },
  { code: "bad-argument", call: "johansen", args: { series: [walk, other], driftless: true } },
  { code: "bad-argument", call: "performance", args: { returns: [0.1, -1.5], periodsPerYear: 9 } },
  { code: "bad-argument", call: "stationaryBootstrap", args: { returns: walk, seed: -1 } },
  { code: "bad-argument", call: "stationaryBootstrap", args: { returns: walk, replications: 1e9 } },
  { code: "bad-argument", call: "silhouette", args: { matrix: [[1], [2]], labels: [0, 0.5] } },
  { code: "collinear", call: "phillipsOuliaris", args: { y: walk, x: double } },
  { code: "singular", call: "hedgeRatioBreak", args: { y: double, x: walk } },
  { code: "singular", call: "zivotAndrews", args: { series: walk.map((_, i) => Number(i > 29)) } },
  { code: "bad-argument", call: "psr", args: { sharpe: 0.1, observations: 10.5 } },
  { code: "bad-argument", call: "pbo", args: { returns: [walk, other], blocks: 5 } },
  { code: "bad-argument", call: "adjustPValues", args: { pValues: [0.1, 2], method: "holm" } },
  { code: "bad-argument", call: "indicator", args: { name: "sma", parameters: { period: 3 } } },
  { code: "bad-argument", call: "indicator", args: { name: "rvi", series: walk } },
  {
    code: "bad-argument",
    call: "indicator",
    args: { name: "sma", series: walk, parameters: { period: 1e300 } },
  },
  { code: "bad-argument", call: "indicator", args: { name: "atr", series: walk } },
])("$call refuses with $code", ({ code, call, args }) => {
  expect(codeOf(call, args)).toBe(code);
});

function kalman(change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { y: walk, x: other, processVariance: 1e-4, observationVariance: 1e-3, ...change };
}

describe("an argument that there is not", () => {
  test.each([
    { call: "adf", args: { series: walk, laggs: 1 }, named: "laggs" },
    {
      call: "hurst",
      args: { series: walk, method: "std", options: { lag: 1 } },
      named: "options.lag",
    },
    {
      call: "indicator",
      args: { name: "sma", series: walk, parameters: { periods: 3 } },
      named: "parameters.periods",
    },
    { call: "zScoreBacktest", args: { y: { prices: walk } }, named: "y.prices" },
    { call: "indicator", args: { name: "obv", bars: { price: walk } }, named: "bars.price" },
  ])("is named: $named", ({ call, args, named }) => {
    expect(codeOf(call, args)).toBe("bad-argument");
    expect(messageOf(call, args)).toMatch(new RegExp(`^${named} is no`));
  });
});

test.each([
  { call: "psr", args: { sharpe: 0.1, observations: 24 } },
  { call: "minTrl", args: { sharpe: -0.1 } },
  { call: "dsr", args: { sharpe: 0.1, observations: 24, trials: 9, trialsVariance: 0.01 } },
])("$call has no answer for a kurtosis below 1 + skewness²", ({ call, args }) => {
  expect(answerCall({ call, args: { ...args, skewness: -2, kurtosis: 4.9 } })).toMatchObject({
    result: { value: null, reason: "no-such-distribution" },
  });
});

test("a leg that is too short is called what the caller calls it", () => {
  expect(messageOf("cointegratedPair", { a: [1], b: [1] })).toMatch(/^a has 1 values/);
  expect(messageOf("cointegratedPair", { a: [1], b: [] })).toMatch(/^a has 1 values and b has 0/);
});

test("a missing argument is named", () => {
  expect(messageOf("engleGranger", { y: walk })).toBe("x is missing");
});

test("null stands for an argument that is not given", () => {
  expect(answerCall({ call: "adf", args: { series: walk, maxLag: null, trend: null } })).toEqual(
    answerCall({ call: "adf", args: { series: walk } }),
  );
});

test.each([
  { name: "no object", request: 5 },
  { name: "no call", request: { args: {} } },
  { name: "a call that is no name", request: { call: 1 } },
  { name: "something else", request: { call: "adf", arguments: {} } },
])("a request with $name is a bad argument", ({ request }) => {
  expect(answerCall(request)).toMatchObject({ error: { code: "bad-argument" } });
});

describe("the process", () => {
  test("answers each line and ends well, whatever is refused", () => {
    const { answers, status } = runDoor(['{"call":"no"}', "", "7", '{"call":"adf","args":{}}']);
    expect(answers).toMatchObject([
      { error: { code: "unknown-call" } },
      { error: { code: "bad-argument" } },
      { error: { code: "bad-argument" } },
    ]);
    expect(status).toBe(0);
  });

  test("ends with 1 when a line is not JSON, and answers the others", () => {
    const psr = '{"call":"psr","args":{"sharpe":0.458,"observations":24}}';
    const { answers, status } = runDoor([psr, "{call: adf}", psr]);
    expect(answers).toMatchObject([
      { result: { value: expect.closeTo(0.9816749190910771, 12) } },
      { error: { code: "not-json", message: "line 2 is not JSON" } },
      { result: { value: expect.closeTo(0.9816749190910771, 12) } },
    ]);
    expect(status).toBe(1);
  });

  test("ends well without a line", () => {
    expect(runDoor([])).toEqual({ answers: [], status: 0 });
  });
});
