import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { alignMarketBars } from "#quant/backtest/market-bars.ts";
import { syntheticUniverse } from "#quant/synthetic/synthetic-universe.ts";
import { walkForward as runWalkForward } from "#quant/walk-forward/walk-forward.ts";
import {
  openerOfKind,
  type WalkForwardSettings,
} from "#quant/walk-forward/walk-forward-settings.ts";
import { loadPairKernel } from "#worker/compute/load-pair-kernel.ts";
import { buildKernels } from "../scripts/build-kernels.ts";
import { HOURLY_COSTS, Z_SCORE_120 } from "./backtest-engine.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";

const HOUR_MS = 3_600_000;
const SYMBOLS = 24;
const TWO_YEARS_BARS = 2 * 8760;
const MONTH_BARS = 730;
const RUNS = 3;

/** The whole pipeline on one core: a scan, fits and an in-sample run in every window, then the trading. */
export async function walkForward(): Promise<readonly Figure[]> {
  await buildKernels();
  const market = alignMarketBars(
    syntheticUniverse({
      seed: 1,
      instruments: SYMBOLS,
      bars: TWO_YEARS_BARS,
      intervalMs: HOUR_MS,
      startMs: Date.UTC(2022, 0, 1),
    }),
  );
  const { funnel, lags, significance } = SCAN_PRESETS.honest;
  const settings: WalkForwardSettings = {
    plan: {
      formationBars: 3 * MONTH_BARS,
      tradingBars: MONTH_BARS,
      stepBars: MONTH_BARS,
      isAnchored: false,
      purgeBars: 0,
      embargoBars: 0,
    },
    selection: {
      kind: "funnel",
      funnel: { ...funnel, clustering: { kind: "none" }, lags, significance },
      rankBy: "p-value",
      count: 5,
    },
    values: Z_SCORE_120,
    costs: market.instruments.map(() => HOURLY_COSTS),
    rules: { initialCash: 100_000, margin: null, pairsMax: null, grossExposureMax: 4 },
    sizing: {
      rule: { kind: "notional", amount: { kind: "equity-share", value: 0.2 } },
      pricedAt: "fill",
    },
    sessions: null,
    protection: null,
    finer: null,
    periodsPerYear: 8760,
    riskFreeRateAnnual: 0,
  };
  const tools = {
    open: openerOfKind("z-score-reversion"),
    kernel: loadPairKernel(),
    chooseConfig: null,
  };
  let windows = 0;
  let trades = 0;
  const { best, median } = timing(() => {
    const done = runWalkForward(market, settings, tools);
    windows = done?.windows.length ?? 0;
    trades = done?.run.trades.length ?? 0;
  }, RUNS);
  const name =
    "walk-forward: 24 symbols, 2 years hourly, 3-month formation, 1-month trading, scan each time";
  return [
    atMost(name, best, 20, "s"),
    observed(`${name}, median`, median, "s"),
    observed("walk-forward: windows", windows, ""),
    observed("walk-forward: trades out of sample", trades, ""),
  ];
}
