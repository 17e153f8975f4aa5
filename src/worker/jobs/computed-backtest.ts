import type { BacktestReport } from "#contracts/backtest.ts";
import type { PackedSeries } from "#contracts/backtest-series.ts";

/** What a backtest stores. */
export type ComputedBacktest = { readonly report: BacktestReport; readonly series: PackedSeries };
