import type { Calendar, TimeWindow } from "#contracts/interval.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { InstrumentCosts } from "#quant/backtest/instrument-costs.ts";
import type { InstrumentSeries } from "#quant/backtest/market-bars.ts";
import type { AccountRules } from "#quant/backtest/portfolio-rules.ts";
import type { CloseSeries } from "#quant/report/close-on-axis.ts";

/**
 * Everything that a run of a strategy needs, as plain data that threads exchange. Instruments are places in
 * `series` everywhere; columns lie in memory that threads share.
 */
export type StrategyInput = Pick<
  StrategyConfig,
  "kind" | "parameters" | "sizing" | "pricedAt" | "riskFreeRateAnnual"
> & {
  readonly series: readonly InstrumentSeries[];
  /** Names of the instruments, for messages. */
  readonly symbols: readonly string[];
  /** One an instrument. */
  readonly costs: readonly InstrumentCosts[];
  readonly books: readonly (readonly number[])[];
  readonly rules: AccountRules;
  readonly formation: TimeWindow;
  readonly trading: TimeWindow;
  readonly intervalMs: number;
  /** "weekdays" when any instrument's market closes. */
  readonly calendar: Calendar;
};

/** What a run is held against besides its own instruments and cash. */
export type BenchmarkInput = { readonly label: string; readonly closes: CloseSeries };

/** How a run is measured. */
export type MeasuringInput = {
  readonly benchmark: BenchmarkInput | null;
  /** Runs and trials on the same data before this one. */
  readonly earlierTrials: number;
};

/** Chance in a report begins here, so that the same run has the same intervals and the same proof. */
export const REPORT_SEED = 20_240_101;
