import type { BacktestReport, ReportBook } from "#contracts/backtest.ts";
import type { BacktestColumns } from "#contracts/backtest-series.ts";
import type { ReportedRun } from "#quant/report/reported-run.ts";
import type { MeasuringInput } from "./strategy-input.ts";

type Analysis = NonNullable<BacktestReport["analysis"]>;

/** A finished run with the books that a report shows of it. */
export type RunToMeasure = MeasuringInput & {
  /** Configurations that the run tried, itself included. */
  readonly ownTrials: number;
  readonly reported: ReportedRun;
  readonly symbols: readonly string[];
  readonly books: readonly ReportBook[];
  /** The report's book of every book of the run. */
  readonly bookOf: readonly number[];
};

/** What a report says of a run; what it is made of, and its proof, come from elsewhere. */
export type MeasuredRun = {
  readonly report: Pick<
    BacktestReport,
    | "metrics"
    | "periodsPerYear"
    | "fillConvention"
    | "books"
    | "trading"
    | "costs"
    | "instrumentCosts"
    | "initialEquity"
    | "finalEquity"
    | "trades"
    | "refusals"
  >;
  readonly analysis: Omit<Analysis, "lookAhead">;
  readonly warnings: readonly string[];
  readonly series: BacktestColumns;
};
