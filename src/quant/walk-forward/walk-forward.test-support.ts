import { NO_COSTS } from "../backtest/instrument-costs.ts";
import { alignMarketBars, type MarketBars } from "../backtest/market-bars.ts";
import { createPlainPairKernel } from "../kernels/plain-pair-kernel.ts";
import { syntheticUniverse } from "../synthetic/synthetic-universe.ts";
import type { FunnelSettings } from "./pair-selection.ts";
import {
  openerOfKind,
  type WalkForwardSettings,
  type WalkForwardTools,
} from "./walk-forward-settings.ts";

export const HOUR_MS = 3_600_000;

/** Four of one cointegrated group, three whose relation breaks, and others; see UNIVERSE_PLAN. */
export const SYMBOLS = syntheticUniverse({
  seed: 7,
  instruments: 10,
  bars: 1,
  intervalMs: HOUR_MS,
  startMs: 0,
}).map(({ symbol, group }) => ({ symbol, group }));

/** Hours of a market whose truth is known. */
export function syntheticMarket(bars: number, seed = 7): MarketBars {
  return alignMarketBars(
    syntheticUniverse({
      seed,
      instruments: SYMBOLS.length,
      bars,
      intervalMs: HOUR_MS,
      startMs: Date.UTC(2024, 0, 1),
    }),
  );
}

export const HONEST_FUNNEL: FunnelSettings = {
  prices: "log",
  quality: { missingShareMax: 0.05, frozenShareMax: 0.5 },
  clustering: { kind: "none" },
  test: {
    kind: "calibrated",
    requiresUnitRoots: true,
    requiresJohansen: true,
    correction: "benjamini-hochberg",
  },
  lags: { kind: "aic" },
  significance: 0.05,
  filters: { hurstMax: 0.5, halfLifeBarsMax: 260, meanCrossingsMin: 12, correlationMin: null },
};

export const Z_SCORE_VALUES = {
  prices: "log",
  hedgeMethod: "formation",
  hedgeWindowBars: 250,
  kalmanDelta: 1e-4,
  kalmanObservationVariance: 1e-3,
  zScoreMethod: "window",
  zScoreWindowBars: 60,
  entryZScore: 2,
  exitZScore: 0.5,
  stopZScore: 4,
  holdingMaxBars: null,
} as const;

/** The three best pairs of each window, with every cost, on one account. */
export function settingsFor(
  market: MarketBars,
  change: Partial<WalkForwardSettings> = {},
): WalkForwardSettings {
  return {
    plan: {
      formationBars: 900,
      tradingBars: 300,
      stepBars: 300,
      isAnchored: false,
      purgeBars: 0,
      embargoBars: 0,
    },
    selection: { kind: "funnel", funnel: HONEST_FUNNEL, rankBy: "p-value", count: 3 },
    values: Z_SCORE_VALUES,
    costs: market.instruments.map(() => ({
      ...NO_COSTS,
      fees: { makerRate: 0.0002, takerRate: 0.0005 },
      slippage: { kind: "bps", slippageBps: 1 },
      funding: { kind: "constant", rate: 0.0001, everyMs: 8 * HOUR_MS },
      borrowRateAnnual: 0.03,
    })),
    rules: { initialCash: 100_000, margin: null, pairsMax: null, grossExposureMax: 4 },
    sizing: {
      rule: { kind: "notional", amount: { kind: "equity-share", value: 0.3 } },
      pricedAt: "fill",
    },
    sessions: null,
    protection: null,
    finer: null,
    periodsPerYear: 8760,
    riskFreeRateAnnual: 0,
    ...change,
  };
}

export const TOOLS: WalkForwardTools = {
  open: openerOfKind("z-score-reversion"),
  kernel: createPlainPairKernel(),
  chooseConfig: null,
};
