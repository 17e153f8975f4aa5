import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { performanceSummary } from "../performance/performance-summary.ts";
import { returnDistribution } from "../performance/return-distribution.ts";
import { sampleStandardDeviation } from "../performance/sample-standard-deviation.ts";
import { simpleReturns } from "../performance/simple-returns.ts";
import { mean } from "../stats/mean.ts";
import { createRandom } from "../synthetic/random.ts";
import { returnBlocks } from "./return-blocks.ts";
import { trialColumns } from "./trial-columns.ts";
import {
  createTrialTally,
  type TalliedTrade,
  tallyEquity,
  tallyFlat,
  tallyTrade,
  writeTrialFigures,
} from "./trial-tally.ts";

const NEAR = { rtol: 1e-9, atol: 1e-11 };
const PERIODS_PER_YEAR = 8_760;

/** Equity that stands still in stretches, and trades of no relation to it. */
function trialOf(seed: number, bars: number, scale: number) {
  const { gaussian, uniform } = createRandom(seed);
  let value = 1_000;
  let isFlat = true;
  const equity = Float64Array.from({ length: bars }, () => {
    if (uniform() < 0.2) isFlat = !isFlat;
    if (!isFlat) value += scale * gaussian();
    return value;
  });
  const trades: readonly TalliedTrade[] = Array.from({ length: Math.floor(5 * uniform()) }, () => ({
    netPnl: Math.round(3 * gaussian()),
    barsHeld: Math.floor(bars * 0.1 * uniform()),
    tradedNotional: 1_000 * uniform(),
    fees: uniform(),
    slippageCost: uniform(),
    carry: gaussian(),
  }));
  return { equity, trades };
}

describe("a tally", () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 });
  const lengths = fc.integer({ min: 1, max: 300 });
  // The last ruins some of them.
  const scales = fc.constantFrom(0, 1, 20, 200);
  const rates = fc.constantFrom(0, 1e-5, -1e-5);

  test("has the figures that performanceSummary has of equity and trades", () => {
    fc.assert(
      fc.property(seeds, lengths, scales, rates, (seed, bars, scale, riskFreeRatePerPeriod) => {
        const { equity, trades } = trialOf(seed, bars, scale);
        const initialEquity = 1_000;
        const columns = trialColumns({ parameters: [], capacity: 1, bars });
        const tally = createTrialTally({ initialEquity, riskFreeRatePerPeriod }, columns.blocks);
        tallyEquity(tally, equity, 0, bars);
        for (const trade of trades) tallyTrade(tally, trade);
        writeTrialFigures(columns, 0, tally, PERIODS_PER_YEAR);
        const { metrics, drawdown } = performanceSummary({
          equity,
          initialEquity,
          trades,
          periodsPerYear: PERIODS_PER_YEAR,
          riskFreeRatePerPeriod,
        });
        const expected: Readonly<Record<string, number | null>> = {
          ...metrics,
          underwaterBarsMax: drawdown.underwaterBarsMax,
          trades: trades.length,
        };
        for (const [name, column] of Object.entries(columns.figures)) {
          if (!(name in expected)) continue;
          expectWithin(name, Number(column[0]), expected[name] ?? Number.NaN, NEAR);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("has the moments of the returns", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 300 }), (seed, bars) => {
        const { equity } = trialOf(seed, bars, 1);
        const columns = trialColumns({ parameters: [], capacity: 1, bars });
        const terms = { initialEquity: 1_000, riskFreeRatePerPeriod: 0 };
        const tally = createTrialTally(terms, columns.blocks);
        tallyEquity(tally, equity, 0, bars);
        writeTrialFigures(columns, 0, tally, PERIODS_PER_YEAR);
        const returns = simpleReturns(equity, 1_000);
        const { skewness, kurtosis } = returnDistribution(returns);
        const { moments, blocks } = columns;
        expectWithin("mean", Number(moments.mean[0]), mean(returns), NEAR);
        const deviation = sampleStandardDeviation(returns) ?? Number.NaN;
        expectWithin("deviation", Number(moments.deviation[0]), deviation, NEAR);
        expectWithin("skewness", Number(moments.skewness[0]), skewness ?? Number.NaN, NEAR);
        expectWithin("kurtosis", Number(moments.kurtosis[0]), kurtosis ?? Number.NaN, NEAR);
        for (let block = 0; block < blocks.count; block++) {
          const from = blocks.first + block * blocks.length;
          const part = returns.subarray(from, from + blocks.length);
          const centre = mean(part);
          const squares = part.reduce((sum, value) => sum + (value - centre) ** 2, 0);
          expectWithin("block mean", Number(columns.blockMeans[block]), centre, NEAR);
          expectWithin("block squares", Number(columns.blockSquares[block]), squares, NEAR);
        }
      }),
    );
  });

  test("of bars by stretches, flat ones by their number, is that of all bars", () => {
    fc.assert(
      fc.property(seeds, lengths, rates, (seed, bars, riskFreeRatePerPeriod) => {
        const { equity } = trialOf(seed, bars, 1);
        const terms = { initialEquity: 1_000, riskFreeRatePerPeriod };
        const whole = createTrialTally(terms, returnBlocks(bars));
        tallyEquity(whole, equity, 0, bars);
        const parts = createTrialTally(terms, returnBlocks(bars));
        for (let from = 0; from < bars; ) {
          const before = from === 0 ? 1_000 : Number(equity[from - 1]);
          let to = from;
          while (to < bars && equity[to] === before) to++;
          if (to > from) tallyFlat(parts, to - from);
          else tallyEquity(parts, equity, from, ++to);
          from = to;
        }
        const { blockSums, blockSquares, blocks, ...sums } = whole;
        for (const [name, value] of Object.entries(sums)) {
          const own = Object.entries(parts).find(([key]) => key === name)?.[1];
          expectWithin(name, Number(own), Number(value), NEAR);
        }
        expect([...parts.blockSums]).toEqual([...blockSums]);
        expect([...parts.blockSquares]).toEqual([...blockSquares]);
      }),
    );
  });
});

describe("blocks of returns", () => {
  test.each([
    [17_490, { count: 16, length: 1_093, first: 2 }],
    [32, { count: 16, length: 2, first: 0 }],
    [31, { count: 14, length: 2, first: 3 }],
    [5, { count: 2, length: 2, first: 1 }],
    [3, { count: 0, length: 0, first: 3 }],
  ])("of %d bars", (bars, blocks) => {
    expect(returnBlocks(bars)).toEqual(blocks);
  });
});
