import { expect, test } from "vitest";
import { lookAheadProof, type ProvablePipeline } from "#quant/backtest/look-ahead-proof.ts";
import type { SizingRule } from "#quant/backtest/position-sizing.ts";
import { HOUR_MS, pairStrategy } from "./pair-strategy.test-support.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { sizingOf, strategyMarket } from "./strategy-market.ts";
import { strategyPipeline } from "./strategy-pipeline.ts";
import { tradeStrategy } from "./trade-strategy.ts";

const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2024, 0, 1);
const LONG_DAYS = 90;

/** Weekday hours of a stock: seven a day, and after ninety days as many as told. */
function sessionTimes(days: number, laterBars: number): Float64Array {
  const times: number[] = [];
  for (let day = 0, sessions = 0; sessions < days; day++) {
    const at = START_MS + day * DAY_MS;
    if ([0, 6].includes(new Date(at).getUTCDay())) continue;
    const bars = sessions < LONG_DAYS ? 7 : laterBars;
    for (let hour = 0; hour < bars; hour++) times.push(at + (14 + hour) * HOUR_MS);
    sessions += 1;
  }
  return Float64Array.from(times);
}

const LONG_BARS = 7 * LONG_DAYS;

test("sizes of the first months do not depend on how long later sessions are (M1)", () => {
  const [long, short] = [7, 4].map((laterBars) => {
    const strategy = pairStrategy(sessionTimes(240, laterBars));
    const { report } = tradeStrategy({ strategy, benchmark: null, earlierTrials: 0 }, () => {});
    const endMs = strategy.series[0]?.openTimeMs[LONG_BARS - 1] ?? 0;
    return report.trades.filter(({ exitMs }) => exitMs < endMs);
  });
  expect(long?.length).toBeGreaterThan(10);
  expect(short).toEqual(long);
});

test("a long run is cut at as many entries and exits as a short one, going on from cut to cut", () => {
  const input = pairStrategy(sessionTimes(240, 7));
  const market = strategyMarket(input);
  const options = { seed: 1, barsMin: market.tradingFrom + 1, noShiftReason: null };
  const [all, few] = [20, 1].map((eventsMax) =>
    lookAheadProof(strategyPipeline(input, market), market.bars, { ...options, eventsMax }),
  );
  expect(few).toMatchObject({ isPassed: true, differences: [], eventsMax: 20 });
  expect(few?.cutBars).toEqual(all?.cutBars);
  expect(few?.continuedCuts).toBeGreaterThan(20);
});

test("a size that depends on later sessions does not pass the proof, and that of the product does (M1)", () => {
  const input = pairStrategy(sessionTimes(240, 4));
  const market = strategyMarket(input);
  const options = { seed: 1, barsMin: market.tradingFrom + 1, noShiftReason: null };
  const leaking: ProvablePipeline = (bars) => {
    // Bars of a session from all bars that there are, those after the signal among them.
    const sizing = sizingOf(input, bars.openTimeMs);
    return strategyPipeline({ ...input, sizing: { ...sized(sizing.rule) } }, market)(bars);
  };
  const sized = (rule: SizingRule): StrategyInput["sizing"] => {
    if (rule.kind !== "volatility-target") throw new Error("nothing else here");
    const { barsPerYear, ...own } = rule;
    // Deviations a bar are compared with the target over the root of the bars of a year.
    return { ...own, volatilityAnnual: own.volatilityAnnual * Math.sqrt((252 * 7) / barsPerYear) };
  };
  expect(lookAheadProof(leaking, market.bars, options).differences).not.toEqual([]);
  expect(lookAheadProof(strategyPipeline(input, market), market.bars, options)).toMatchObject({
    isPassed: true,
    differences: [],
  });
});
