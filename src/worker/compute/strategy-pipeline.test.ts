import { expect, test } from "vitest";
import { NO_COSTS } from "#quant/backtest/instrument-costs.ts";
import { lookAheadProof, type ProvablePipeline } from "#quant/backtest/look-ahead-proof.ts";
import type { SizingRule } from "#quant/backtest/position-sizing.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { sizingOf, strategyMarket } from "./strategy-market.ts";
import { strategyPipeline } from "./strategy-pipeline.ts";
import { tradeStrategy } from "./trade-strategy.ts";

const HOUR_MS = 3_600_000;
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

/** A pair whose spread returns to its mean, sized by its volatility. */
function pairInput(laterBars: number): StrategyInput {
  const openTimeMs = sessionTimes(240, laterBars);
  const { gaussian } = createRandom(3);
  const closeX = new Float64Array(openTimeMs.length);
  const closeY = new Float64Array(openTimeMs.length);
  let level = Math.log(100);
  let away = 0;
  openTimeMs.forEach((_, bar) => {
    level += 0.002 * gaussian();
    away = 0.8 * away + 0.005 * gaussian();
    closeX[bar] = Math.exp(level);
    closeY[bar] = Math.exp(level + away);
  });
  const series = [closeY, closeX].map((close) => ({
    openTimeMs,
    open: null,
    high: null,
    low: null,
    close,
    volume: null,
  }));
  const middleMs = openTimeMs[300] ?? 0;
  return {
    kind: "z-score-reversion",
    parameters: { ...defaultConfig(zScoreStrategy), zScoreWindowBars: 40 },
    sizing: {
      kind: "volatility-target",
      volatilityAnnual: 0.1,
      windowBars: 50,
      notionalMax: { kind: "equity-share", value: 50 },
    },
    pricedAt: "fill",
    riskFreeRateAnnual: 0,
    series,
    symbols: ["Y", "X"],
    costs: [NO_COSTS, NO_COSTS],
    books: [[0, 1]],
    rules: { initialCash: 100_000, margin: null, pairsMax: null, grossExposureMax: null },
    formation: { startMs: START_MS, endMs: middleMs },
    trading: { startMs: middleMs, endMs: (openTimeMs.at(-1) ?? 0) + HOUR_MS },
    intervalMs: HOUR_MS,
    calendar: "weekdays",
    gate: null,
  };
}

const LONG_BARS = 7 * LONG_DAYS;

test("sizes of the first months do not depend on how long later sessions are (M1)", () => {
  const [long, short] = [7, 4].map((laterBars) => {
    const strategy = pairInput(laterBars);
    const { report } = tradeStrategy({ strategy, benchmark: null, earlierTrials: 0 }, () => {});
    const endMs = strategy.series[0]?.openTimeMs[LONG_BARS - 1] ?? 0;
    return report.trades.filter(({ exitMs }) => exitMs < endMs);
  });
  expect(long?.length).toBeGreaterThan(10);
  expect(short).toEqual(long);
});

test("a size that depends on later sessions does not pass the proof, and that of the product does (M1)", () => {
  const input = pairInput(4);
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
