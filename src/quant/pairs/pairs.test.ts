import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PAIR_REFUSALS } from "../kernels/pair-results.ts";
import { correlation } from "../stats/correlation.ts";
import { createRandom } from "../synthetic/random.ts";
import { baselineSelection } from "./baseline-selection.ts";
import { calibratedScreen } from "./calibrated-screen.ts";
import { candidateColumnsOf } from "./candidate-columns.test-support.ts";
import { candidateAt } from "./candidate-columns.ts";
import { type CandidateFigures, refusedFigures } from "./candidate-figures.ts";
import { candidatePairs } from "./candidate-pairs.ts";
import { clusterUniverse } from "./cluster-universe.ts";
import { commonBars } from "./common-bars.ts";
import { completeReturns } from "./complete-returns.ts";
import { correlationSelection } from "./correlation-selection.ts";
import { dataQuality, qualityReason } from "./data-quality.ts";
import { distanceSelection } from "./distance-selection.ts";
import { funnelSteps } from "./funnel-steps.ts";
import { type IntegrationOrder, integrationOrder } from "./integration-order.ts";
import { judgeCandidates, type PValueCorrection } from "./judge-candidates.ts";
import { naiveScreen } from "./naive-screen.ts";
import { naiveTestCost } from "./naive-test-cost.ts";
import { PAIR_VERDICTS, pairVerdict, type VerdictBounds, verdictNumber } from "./pair-verdict.ts";

const gap = Number.NaN;
const seriesOf = (...values: number[]) => Float64Array.from(values);
const LAGS = { kind: "aic" } as const;

function walk(seed: number, bars: number): Float64Array {
  const { gaussian } = createRandom(seed);
  let level = 100;
  return Float64Array.from({ length: bars }, () => {
    level += gaussian();
    return level;
  });
}

/** A walk, and the same walk with noise that returns to zero. */
function cointegrated(seed: number, bars: number): readonly [Float64Array, Float64Array] {
  const { gaussian } = createRandom(seed, 1);
  const x = walk(seed, bars);
  let noise = 0;
  return [
    x.map((value) => {
      noise = 0.5 * noise + gaussian();
      return 2 * value + 10 + noise;
    }),
    x,
  ];
}

function sums(series: Float64Array): Float64Array {
  let sum = 0;
  return series.map((value) => {
    sum += value - 100;
    return sum;
  });
}

describe("dataQuality", () => {
  test.each([
    { name: "a whole series", prices: [1, 2, 3], missing: 0, frozen: 0, first: 0, last: 2 },
    { name: "a late start", prices: [gap, 2, 3, 4], missing: 0.25, frozen: 0, first: 1, last: 3 },
    {
      name: "a price that stands still over a gap",
      prices: [1, gap, 1, 2],
      missing: 0.25,
      frozen: 0.5,
      first: 0,
      last: 3,
    },
    { name: "no price", prices: [gap, gap], missing: 1, frozen: 0, first: -1, last: -1 },
    { name: "no bar", prices: [], missing: 1, frozen: 0, first: -1, last: -1 },
  ])("of $name", ({ prices, missing, frozen, first, last }) => {
    expect(dataQuality(seriesOf(...prices))).toEqual({
      missingShare: missing,
      frozenShare: frozen,
      first,
      last,
    });
  });

  test("keeps what is at its bound and names the first one exceeded", () => {
    const quality = dataQuality(seriesOf(1, gap, 1, 2));
    expect(qualityReason(quality, { missingShareMax: 0.25, frozenShareMax: 0.5 })).toBeNull();
    expect(qualityReason(quality, { missingShareMax: 0.2, frozenShareMax: 0 })).toBe(
      "too-many-missing",
    );
    expect(qualityReason(quality, { missingShareMax: 1, frozenShareMax: 0 })).toBe(
      "too-often-frozen",
    );
  });
});

test("returns are taken between neighbouring bars that all series have", () => {
  const returns = completeReturns([seriesOf(1, 2, gap, 4), seriesOf(10, 10, 99, 15)]);
  expect(returns).toEqual({ rows: 2, columns: 2, values: seriesOf(1, 0, 1, 0.5) });
  expect(() => completeReturns([seriesOf(1, 2, gap), seriesOf(1, gap, 3)])).toThrow(
    expect.objectContaining({ code: "too-short" }),
  );
});

test("common bars are those that neither series lacks", () => {
  const common = commonBars(seriesOf(1, gap, 3, 4), seriesOf(5, 6, gap, 8));
  expect(common).toEqual({ a: seriesOf(1, 4), b: seriesOf(5, 8) });
});

test("candidates share a cluster, and noise makes none", () => {
  expect([...candidatePairs(Int32Array.of(0, -1, 1, 0, -1, 1, 0))]).toEqual([
    0, 3, 0, 6, 2, 5, 3, 6,
  ]);
  const labels = fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 40 });
  fc.assert(
    fc.property(labels, (values) => {
      const sizes = Map.groupBy(
        values.filter((label) => label >= 0),
        (label) => label,
      );
      const expected = [...sizes.values()].reduce((sum, { length: n }) => sum + n * (n - 1), 0);
      expect(candidatePairs(Int32Array.from(values))).toHaveLength(expected);
    }),
  );
});

describe("clusterUniverse", () => {
  /** Two markets of four series each, and one series of its own. */
  const markets = [walk(1, 400), walk(2, 400)];
  const prices = [0, 0, 0, 0, 1, 1, 1, 1].map((market, i) => {
    const { gaussian } = createRandom(100 + i);
    return markets[market]!.map((value) => value + 50 + 0.05 * gaussian());
  });
  const universe = [...prices, walk(99, 400)];

  test.each([
    { kind: "optics", components: 2, minSamples: 3, epsMax: null, xi: 0.05 },
    { kind: "dbscan", components: 2, minSamples: 3, eps: 0.5 },
  ] as const)("finds the two markets by $kind", (clustering) => {
    const { labels, clusterCount, map } = clusterUniverse(universe, clustering, { seed: 3 });
    expect(clusterCount).toBe(2);
    expect(new Set(labels.subarray(0, 4)).size).toBe(1);
    expect(new Set(labels.subarray(4, 8)).size).toBe(1);
    expect(labels[0]).not.toBe(labels[4]);
    expect(map?.explainedVarianceRatio).toHaveLength(2);
    expect(map?.pca).toHaveLength(18);
    expect(map?.silhouette?.score).toBeGreaterThan(0.8);
    expect(map?.silhouette?.samples).toHaveLength(9);
  });

  test("draws the same map for the same seed", () => {
    const draw = () => clusterUniverse(universe, { kind: "none" }, { seed: 3 });
    expect(draw()).toEqual(draw());
    expect(draw()).toMatchObject({ clusterCount: 1 });
  });

  test("draws no map of very many series that nobody asked to divide", () => {
    const many = Array.from({ length: 401 }, (_, i) => universe[i % universe.length]!);
    const { labels, map } = clusterUniverse(many, { kind: "none" }, { seed: 3 });
    expect(labels).toEqual(new Int32Array(401));
    expect(map).toBeNull();
  });

  test("takes labels as they are given", () => {
    const labels = Int32Array.of(0, 0, 1, 1, -1, -1, -1, -1, -1);
    const clustered = clusterUniverse(universe, { kind: "labels", labels }, { seed: 3 });
    expect(clustered).toMatchObject({ labels, clusterCount: 2 });
  });

  test("of series without common bars has no map, and cannot be clustered", () => {
    const apart = [seriesOf(1, 2, gap, gap), seriesOf(gap, gap, 1, 2)];
    expect(clusterUniverse(apart, { kind: "none" }, { seed: 1 }).map).toBeNull();
    const dense = { kind: "dbscan", components: 1, minSamples: 1, eps: 1 } as const;
    expect(() => clusterUniverse(apart, dense, { seed: 1 })).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });
});

test.each([
  { name: "a walk", series: walk(5, 500), kind: "one" },
  {
    name: "noise",
    series: Float64Array.from({ length: 500 }, createRandom(5).gaussian),
    kind: "zero",
  },
  {
    name: "a sum of walks",
    series: sums(walk(5, 500)),
    kind: "two",
  },
  { name: "a constant", series: new Float64Array(100).fill(7), kind: "refused" },
])("the integration order of $name is $kind", ({ series, kind }) => {
  expect(integrationOrder(series).kind).toBe(kind);
});

describe("screens", () => {
  test("of a cointegrated pair reject in both ways, with all figures", () => {
    const [y, x] = cointegrated(8, 500);
    const calibrated = calibratedScreen(y, x, { lags: LAGS, significance: 0.05 });
    const naive = naiveScreen(y, x, { lags: LAGS });
    for (const figures of [calibrated, naive]) {
      expect(figures).toMatchObject({ refusal: null, observations: 500 });
      expect(figures.pValue).toBeLessThan(0.01);
      expect(figures.hedgeRatio).toBeCloseTo(2, 1);
      expect(figures.hurst).toBeLessThan(0.5);
      expect(figures.meanCrossings).toBeGreaterThan(48);
    }
    expect(calibrated.johansenPValue).toBeLessThan(0.01);
    expect(naive.combinedPValue).toBe(calibrated.combinedPValue);
  });

  test("of unlike walks leave out what decides nothing any more", () => {
    const figures = calibratedScreen(walk(1, 300), walk(3, 300), {
      lags: LAGS,
      significance: 1e-6,
    });
    expect(figures).toMatchObject({ johansenPValue: null, hurst: null, meanCrossings: null });
    expect(figures.correlation).not.toBeNull();
  });

  test.each([
    { name: "too short", y: walk(1, 20), x: walk(2, 20), refusal: "too-short" },
    { name: "constant", y: walk(1, 50), x: new Float64Array(50).fill(1), refusal: "constant" },
    { name: "a copy", y: walk(1, 50), x: walk(1, 50), refusal: "collinear" },
  ])("refuse a leg that is $name", ({ y, x, refusal }) => {
    const figures = calibratedScreen(y, x, { lags: LAGS, significance: 0.05 });
    expect(figures).toEqual(refusedFigures(figures.refusal ?? "not-finite", y.length));
    expect(figures.refusal).toBe(refusal);
  });

  test("naive refuses a constant leg", () => {
    const constant = new Float64Array(50).fill(1);
    expect(naiveScreen(walk(1, 50), constant, { lags: LAGS }).refusal).toBe("constant");
  });
});

const GOOD: CandidateFigures = {
  ...refusedFigures("too-short", 500),
  refusal: null,
  pValue: 0.01,
  johansenPValue: 0.01,
  hurst: 0.3,
  halfLifeBars: 10,
  meanCrossings: 60,
  correlation: 0.8,
};
const BOUNDS: VerdictBounds = {
  significance: 0.05,
  requiresJohansen: true,
  hurstMax: 0.5,
  halfLifeBarsMax: 260,
  meanCrossingsMin: 48,
  correlationMin: 0.5,
};

test.each([
  { stage: "passed", reason: null, change: {} },
  { stage: "cointegration", reason: "refused", change: { refusal: "constant" } },
  { stage: "cointegration", reason: "not-cointegrated", change: { pValue: 0.05 } },
  { stage: "johansen", reason: "johansen-does-not-agree", change: { johansenPValue: null } },
  { stage: "hurst", reason: "hurst-too-high", change: { hurst: 0.5 } },
  { stage: "half-life", reason: "no-mean-reversion", change: { halfLifeBars: null } },
  { stage: "half-life", reason: "half-life-too-long", change: { halfLifeBars: 260 } },
  { stage: "mean-crossings", reason: "too-few-crossings", change: { meanCrossings: 48 } },
  { stage: "correlation", reason: "correlation-too-low", change: { correlation: 0.4 } },
] as const)("a candidate stands at $stage, $reason", ({ stage, reason, change }) => {
  expect(pairVerdict({ ...GOOD, ...change }, null, BOUNDS)).toEqual({ stage, reason });
});

test("bounds that are null decide nothing", () => {
  const none = { hurstMax: null, halfLifeBarsMax: null, meanCrossingsMin: null };
  const open = { ...BOUNDS, ...none, correlationMin: null, requiresJohansen: false };
  expect(
    pairVerdict({ ...refusedFigures("constant", 9), refusal: null, pValue: 0 }, 0, open),
  ).toEqual({ stage: "passed", reason: null });
});

test.each(PAIR_VERDICTS)("the verdict $stage, $reason has its own number", (verdict) => {
  expect(PAIR_VERDICTS[verdictNumber({ ...verdict })]).toBe(verdict);
});

describe("judgeCandidates", () => {
  const one = { kind: "one" } as const;
  /** Candidates of legs of their own; every leg is a walk unless `orders` says otherwise, by row. */
  const judge = (
    figures: readonly CandidateFigures[],
    correction: PValueCorrection,
    orders: Readonly<Record<number, IntegrationOrder>> = {},
  ) => {
    const pairs = Uint32Array.from({ length: 2 * figures.length }, (_, row) => row);
    const integrationOrderOf = new Map([...pairs].map((row) => [row, orders[row] ?? one]));
    const candidates = { columns: candidateColumnsOf(figures), pairs, integrationOrderOf };
    const { verdict, qValue, rank } = judgeCandidates(candidates, BOUNDS, correction);
    return { verdicts: [...verdict].map((n) => PAIR_VERDICTS[n]), q: [...qValue], rank: [...rank] };
  };
  const candidate = (pValue: number, halfLifeBars: number | null = 10) => ({
    ...GOOD,
    pValue,
    halfLifeBars,
  });

  test("ranks those that pass by p-value, then by half-life", () => {
    const four = [candidate(0.02), candidate(0.01, 20), candidate(0.3), candidate(0.01, 5)];
    expect(judge(four, "none").rank).toEqual([3, 2, 0, 1]);
  });

  test("corrects over the candidates that come to the test", () => {
    const four = [candidate(0.03), candidate(0.9), candidate(0.001), candidate(0.001)];
    const { q, verdicts } = judge(four, "benjamini-hochberg", {
      5: { kind: "zero" },
      6: { kind: "two" },
    });
    expect(q).toEqual([0.06, 0.9, gap, gap]);
    expect(verdicts.map((verdict) => verdict?.reason)).toEqual([
      "not-after-correction",
      "not-cointegrated",
      "leg-stationary",
      "leg-integrated-twice",
    ]);
  });

  test("is stricter by Benjamini–Yekutieli", () => {
    const two = [candidate(0.02), candidate(0.04)];
    expect(judge(two, "benjamini-hochberg").verdicts[0]?.stage).toBe("passed");
    expect(judge(two, "benjamini-yekutieli").verdicts[0]?.stage).toBe("correction");
  });

  test("corrects nothing where nobody comes to the test", () => {
    const refused = refusedFigures("constant", 9);
    const { q, verdicts } = judge([refused], "benjamini-hochberg");
    expect(q).toEqual([gap]);
    expect(verdicts).toEqual([{ stage: "cointegration", reason: "refused" }]);
  });
});

describe("candidate columns", () => {
  const full: CandidateFigures = {
    ...GOOD,
    hedgeRatio: 2,
    intercept: 3,
    yOnX: { statistic: -4, pValue: 0.02, lags: 0 },
    xOnY: { statistic: -5, pValue: 0.01, lags: 7 },
    combinedPValue: 0.03,
  };

  test.each([
    { name: "all figures", figures: full },
    { name: "one direction and no later figures", figures: { ...full, xOnY: null, hurst: null } },
    { name: "no figures", figures: { ...refusedFigures("constant", 9), refusal: null } },
    { name: "a refusal", figures: refusedFigures("collinear", 40) },
    { name: "legs that never traded together", figures: refusedFigures("too-short", 0) },
  ])("give back what was written: $name", ({ figures }) => {
    const columns = candidateColumnsOf([full, figures, full]);
    expect(candidateAt(columns, 1)).toEqual(figures);
    expect(candidateAt(columns, 2)).toEqual(full);
  });

  test("tell legs that never traded together from those that did too seldom", () => {
    const columns = candidateColumnsOf([
      refusedFigures("too-short", 0),
      refusedFigures("too-short", 5),
    ]);
    expect([...columns.refusal].map((place) => PAIR_REFUSALS[place])).toEqual([
      "no-common-bars",
      "too-short",
    ]);
  });
});

test("what enters a step of a funnel is what passed the one before", () => {
  const steps = funnelSteps(
    100,
    [
      { stage: "b", reason: "late", count: 5 },
      { stage: "a", reason: "early", count: 10 },
      { stage: "b", reason: "worse", count: 7 },
      { stage: "b", reason: "late", count: 1 },
    ],
    ["a", "b", "c"],
  );
  expect(steps).toEqual([
    { stage: "a", entered: 100, passed: 90, reasons: [{ reason: "early", count: 10 }] },
    {
      stage: "b",
      entered: 90,
      passed: 77,
      reasons: [
        { reason: "worse", count: 7 },
        { reason: "late", count: 6 },
      ],
    },
    { stage: "c", entered: 77, passed: 77, reasons: [] },
  ]);
});

describe("baselines", () => {
  const a = seriesOf(10, 11, 12, 11);
  const series = [a, a.map((price) => 2 * price), seriesOf(10, 9, 12, 14), seriesOf(5, 5, 5, 5)];

  test("distance puts series that move alike first, whatever their level", () => {
    const [closest, ...rest] = distanceSelection(series, 3);
    expect(closest).toEqual({ first: 0, second: 1, value: 0 });
    expect(rest).toHaveLength(2);
    expect(rest[0]!.value).toBeLessThanOrEqual(rest[1]!.value);
  });

  test("correlation is that of each pair by itself", () => {
    const walks = [1, 2, 3, 4].map((seed) => walk(seed, 60));
    for (const { first, second, value } of correlationSelection(walks, 6)) {
      expect(value).toBeCloseTo(correlation(walks[first]!, walks[second]!), 12);
    }
  });

  test.each(["distance", "correlation"] as const)(
    "the %s baseline chooses on the bars that all series have",
    (kind) => {
      const market = walk(5, 80);
      const prices = [market, walk(6, 80), market.map((price) => 3 * price), walk(7, 80)];
      const gapped = prices.map((one, i) => one.map((price, t) => (t === 10 + i ? gap : price)));
      const whole = prices.map((one) => one.filter((_, t) => t < 10 || t > 13));
      const chosen = baselineSelection(gapped, { kind, count: 2 });
      expect(chosen).toEqual(baselineSelection(whole, { kind, count: 2 }));
      expect(chosen[0]).toMatchObject({ first: 0, second: 2 });
    },
  );

  test("a baseline on fewer than thirty common bars is refused", () => {
    const prices = [walk(1, 29), walk(2, 29)];
    expect(() => baselineSelection(prices, { kind: "distance", count: 1 })).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });

  test("correlation leaves out what does not vary", () => {
    const pairs = correlationSelection(series, 10);
    expect(pairs).toHaveLength(3);
    expect(pairs[0]?.value).toBeCloseTo(1, 12);
  });

  test.each([
    { name: "lengths differ", bad: seriesOf(1, 2), code: "length-mismatch" },
    { name: "a price is missing", bad: seriesOf(1, 2, gap, 4), code: "not-finite" },
    { name: "a price is not positive", bad: seriesOf(1, 2, 0, 4), code: "out-of-range" },
  ])("distance is refused when $name", ({ bad, code }) => {
    expect(() => distanceSelection([a, bad], 1)).toThrow(expect.objectContaining({ code }));
  });
});

describe("naiveTestCost", () => {
  test("a naive test passes a quarter of independent walks where an honest one passes a twentieth", () => {
    const cost = naiveTestCost({ pairs: 1500, bars: 250, significance: 0.05, seed: 4 });
    expect(cost.naiveOneDirection).toBeGreaterThan(0.12);
    expect(cost.naiveBetterOfTwo).toBeGreaterThan(0.2);
    expect(cost.naiveBetterOfTwo).toBeLessThan(0.32);
    expect(Math.abs(cost.engleGrangerOneDirection - 0.05)).toBeLessThan(0.02);
    expect(cost.engleGrangerBetterOfTwo).toBeGreaterThan(0.07);
    expect(Math.abs(cost.combined - 0.05)).toBeLessThan(0.015);
  });

  test("is refused without pairs", () => {
    expect(() => naiveTestCost({ pairs: 0, bars: 50, significance: 0.05, seed: 1 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
