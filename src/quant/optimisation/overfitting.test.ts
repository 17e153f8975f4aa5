import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { backtestOverfitting } from "../performance/backtest-overfitting.ts";
import { deflatedSharpeRatio } from "../performance/deflated-sharpe-ratio.ts";
import { minimumTrackRecord } from "../performance/minimum-track-record.ts";
import { probabilisticSharpeRatio } from "../performance/probabilistic-sharpe-ratio.ts";
import { returnDistribution } from "../performance/return-distribution.ts";
import { sharpeRatio } from "../performance/sharpe-ratio.ts";
import { createRandom } from "../synthetic/random.ts";
import { blockOverfitting } from "./block-overfitting.ts";
import { overfittingPanel } from "./overfitting-panel.ts";
import { type TrialColumns, trialColumns } from "./trial-columns.ts";
import { createTrialTally, tallyEquity, writeTrialFigures } from "./trial-tally.ts";

const NEAR = { rtol: 1e-9, atol: 1e-12 };
const PERIODS_PER_YEAR = 8_760;

/** Series of returns, some of them equal to others, some of them 0 throughout, or at the beginning. */
function returnsOf(seed: number, trials: number, bars: number): Float64Array[] {
  const { gaussian, uniform } = createRandom(seed);
  const series: Float64Array[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const kind = uniform();
    const twin = series[Math.floor(uniform() * trial)];
    if (kind < 0.2 && twin !== undefined) series.push(twin);
    else {
      const from = kind < 0.4 ? Math.floor(uniform() * bars) : kind < 0.5 ? bars : 0;
      const mean = 0.002 * gaussian();
      series.push(
        Float64Array.from({ length: bars }, (_, t) => (t < from ? 0 : mean + 0.01 * gaussian())),
      );
    }
  }
  return series;
}

function columnsOf(series: readonly Float64Array[]): TrialColumns {
  const bars = series[0]?.length ?? 0;
  const columns = trialColumns({ parameters: [], capacity: series.length, bars });
  series.forEach((returns, row) => {
    const terms = { initialEquity: 1, riskFreeRatePerPeriod: 0 };
    const tally = createTrialTally(terms, columns.blocks);
    let value = 1;
    const equity = returns.map((change) => {
      value *= 1 + change;
      return value;
    });
    tallyEquity(tally, equity, 0, bars);
    writeTrialFigures(columns, row, tally, PERIODS_PER_YEAR);
  });
  return columns;
}

describe("blockOverfitting", () => {
  test("is backtestOverfitting of the returns", () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 31 });
    const shapes = [fc.integer({ min: 2, max: 12 }), fc.integer({ min: 6, max: 25 })] as const;
    fc.assert(
      fc.property(seeds, ...shapes, (seed, trials, bars) => {
        const series = returnsOf(seed, trials, bars);
        const columns = columnsOf(series);
        const own = blockOverfitting(columns, trials);
        const expected = backtestOverfitting(series, columns.blocks.count);
        expect(own.logits.length).toBe(expected.logits.length);
        own.logits.forEach((logit, split) => {
          expectWithin(`split ${split}`, logit, Number(expected.logits[split]), NEAR);
        });
        for (const figure of [
          "value",
          "meanLogit",
          "medianLogit",
          "lossProbability",
          "inSampleSharpe",
          "outOfSampleSharpe",
          "barsLeftOut",
        ] as const) {
          expectWithin(figure, own[figure], expected[figure], { rtol: 1e-8, atol: 1e-9 });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("so it is with sixteen blocks", () => {
    const series = returnsOf(4, 40, 500);
    const own = blockOverfitting(columnsOf(series), 40);
    const expected = backtestOverfitting(series, 16);
    expect(own.logits).toHaveLength(12_870);
    expectWithin("value", own.value, expected.value, NEAR);
    const slope = expected.degradationSlope ?? Number.NaN;
    expectWithin("slope", own.degradationSlope ?? Number.NaN, slope, { rtol: 1e-6, atol: 1e-9 });
  });

  test.each([
    ["one trial", 1, 100],
    ["three bars", 2, 3],
  ])("refuses %s", (_, trials, bars) => {
    const columns = columnsOf(returnsOf(1, 2, bars));
    expect(() => blockOverfitting(columns, trials)).toThrow("there must be");
  });
});

describe("overfittingPanel", () => {
  const series = returnsOf(3, 20, 400);
  const columns = columnsOf(series);
  const yearly = Math.sqrt(PERIODS_PER_YEAR);
  const chosen = columns.figures.sharpeRatio.reduce(
    (best, value, row, all) => (value > Number(all[best]) ? row : best),
    0,
  );
  const input = {
    columns,
    trials: 20,
    chosen,
    periodsPerYear: PERIODS_PER_YEAR,
    earlierTrials: 0,
  };
  const returns = series[chosen] ?? new Float64Array(0);
  const { skewness, kurtosis } = returnDistribution(returns);
  const sample = {
    sharpe: sharpeRatio(returns, { periodsPerYear: 1 }) ?? Number.NaN,
    skewness: skewness ?? Number.NaN,
    kurtosis: kurtosis ?? Number.NaN,
    observations: 400,
  };

  test("has the figures of the functions of their names", () => {
    const panel = overfittingPanel(input);
    const sharpes = [...columns.figures.sharpeRatio]
      .filter((value) => !Number.isNaN(value))
      .map((value) => value / yearly);
    const centre = sharpes.reduce((a, b) => a + b) / sharpes.length;
    const trialsVariance =
      sharpes.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (sharpes.length - 1);
    const deflated = deflatedSharpeRatio(sample, { trials: 20, trialsVariance });
    const expected = {
      sharpeRatio: sample.sharpe * yearly,
      probabilisticSharpe: probabilisticSharpeRatio(sample),
      deflatedSharpe: deflated.value,
      expectedMaximum: deflated.expectedMaximum * yearly,
      trialsVariancePerBar: trialsVariance,
      trackRecordBars: minimumTrackRecord(sample),
    };
    for (const [figure, value] of Object.entries(expected)) {
      const own = Object.entries(panel).find(([name]) => name === figure)?.[1];
      expectWithin(figure, Number(own), Number(value), { rtol: 1e-8, atol: 1e-12 });
    }
    expect(panel.overfitting?.logits).toHaveLength(12_870);
    expect(panel.trialsInAll).toBe(20);
  });

  test("trying again on the same data raises the bar", () => {
    const [first, second, third] = [0, 20, 40].map((earlierTrials) =>
      overfittingPanel({ ...input, earlierTrials }),
    );
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    expect([first, second, third].map(({ trialsInAll }) => trialsInAll)).toEqual([20, 40, 60]);
    expect(second.earlierTrials).toBe(20);
    expect(Number(second.expectedMaximum)).toBeGreaterThan(Number(first.expectedMaximum));
    expect(Number(third.expectedMaximum)).toBeGreaterThan(Number(second.expectedMaximum));
    expect(Number(third.deflatedSharpe)).toBeLessThan(Number(first.deflatedSharpe));
    expect(third.probabilisticSharpe).toBe(first.probabilisticSharpe);
  });

  test("says why a figure has no value", () => {
    const still = columnsOf([new Float64Array(40), ...returnsOf(3, 1, 40)]);
    const panel = overfittingPanel({ ...input, columns: still, trials: 1, chosen: 0 });
    expect(panel.reasons).toEqual({
      sharpeRatio: "no-sharpe",
      probabilisticSharpe: "no-sharpe",
      deflatedSharpe: "no-sharpe",
      expectedMaximum: "no-sharpe",
      trackRecordBars: "no-sharpe",
      deflatedTrackRecordBars: "no-sharpe",
      overfitting: "too-few-trials",
    });
    const losing = columnsOf([
      Float64Array.from({ length: 40 }, (_, t) => (t % 3) - 1.1).map((r) => r / 100),
    ]);
    const { reasons } = overfittingPanel({ ...input, columns: losing, trials: 1, chosen: 0 });
    expect(reasons).toMatchObject({ trackRecordBars: "not-above-benchmark" });
  });

  test("regression: few trials that are alike, after many, lowered the bar", () => {
    const winner = series[chosen] ?? new Float64Array(0);
    const alike = columnsOf([winner, winner, winner]);
    const again = overfittingPanel({
      ...{ ...input, columns: alike, trials: 3, chosen: 0 },
      earlierTrials: 10_000,
    });
    const unskilled = deflatedSharpeRatio(sample, { trials: 10_003, trialsVariance: 1 / 400 });
    expectWithin("bar", Number(again.deflatedSharpe), Number(unskilled.value), {
      rtol: 1e-8,
      atol: 1e-12,
    });
    const one = overfittingPanel({ ...input, trials: 1, chosen: 0, earlierTrials: 10_000 });
    expect(one.deflatedSharpe).not.toBeNull();
  });
});
