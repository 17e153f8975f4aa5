import { NO_COSTS } from "#quant/backtest/instrument-costs.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import type { StrategyInput } from "./strategy-input.ts";

export const HOUR_MS = 3_600_000;

/**
 * A z-score strategy, sized by volatility, on a pair whose spread returns to its mean: formed on the first 300
 * bars, traded on the rest.
 */
export function pairStrategy(openTimeMs: Float64Array): StrategyInput {
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
    protection: null,
    finer: null,
    rules: { initialCash: 100_000, margin: null, pairsMax: null, grossExposureMax: null },
    formation: { startMs: openTimeMs[0] ?? 0, endMs: middleMs },
    trading: { startMs: middleMs, endMs: (openTimeMs.at(-1) ?? 0) + HOUR_MS },
    intervalMs: HOUR_MS,
    calendar: "weekdays",
    gate: null,
  };
}
