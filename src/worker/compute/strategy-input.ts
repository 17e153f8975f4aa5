import type { Calendar, TimeWindow } from "#contracts/interval.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { InstrumentCosts } from "#quant/backtest/instrument-costs.ts";
import type { InstrumentSeries } from "#quant/backtest/market-bars.ts";
import type { AccountRules } from "#quant/backtest/portfolio-rules.ts";
import type { ProtectionRule } from "#quant/backtest/protection-rule.ts";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import type { ModelGateSettings } from "#quant/learning/models/gate-terms.ts";
import type { ModelTraining } from "#quant/learning/models/train-on-fold.ts";
import type { UsableModel } from "#quant/learning/models/usable-model.ts";
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
  /** null: nothing acts inside a bar. */
  readonly protection: ProtectionRule | null;
  /** What the inside of bars is told by, one an instrument, and how long such a bar lasts; null: the pessimistic path. */
  readonly finer: {
    readonly series: readonly InstrumentSeries[];
    readonly intervalMs: number;
  } | null;
  readonly formation: TimeWindow;
  readonly trading: TimeWindow;
  readonly intervalMs: number;
  /** "weekdays" when any instrument's market closes. */
  readonly calendar: Calendar;
  /** null: nothing stands between the strategy and its entries. */
  readonly gate: GateInput | null;
};

/** A trained model that approves or sizes the entries of a strategy. */
export type GateInput = {
  readonly model: UsableModel;
  readonly settings: ModelGateSettings;
  /** Whether it is trained anew on the formation of each window, as it was trained. */
  readonly isRefitted: boolean;
  /** How the spread is made that it is trained anew on; null of single instruments. */
  readonly spread: SpreadSpec | null;
  /** How it was trained. */
  readonly training: ModelTraining;
  readonly seed: number;
  /** For each book the group of the model that each of its positions is; unread when it is trained anew. */
  readonly groups: readonly (readonly number[])[];
  /** Ids of the pairs or instruments that it has not learned from; empty when it is trained anew. */
  readonly unlearned: readonly (readonly number[])[];
};

/** What a run is held against besides its own instruments and cash. */
export type BenchmarkInput = { readonly label: string; readonly closes: CloseSeries };

/** How a run is measured. */
export type MeasuringInput = {
  readonly benchmark: BenchmarkInput | null;
  readonly earlierTrials: EarlierTrials;
};

/** Runs and trials on the same data before a run, or all with its own as a report counted them that is made again. */
export type EarlierTrials = number | { readonly inAll: number };

/** Chance in a report begins here, so that the same run has the same intervals and the same proof. */
export const REPORT_SEED = 20_240_101;
