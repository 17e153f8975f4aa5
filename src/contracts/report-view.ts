import type { BacktestReport, TradeRow } from "./backtest.ts";
import type { Manifest } from "./manifest.ts";
import type { StrategyConfig } from "./strategy.ts";

/**
 * Settings of a backtest as a report shows them, without ids. Money is null where a link was made
 * without sizes.
 */
export type ReportConfig = Omit<
  StrategyConfig,
  "instrumentY" | "instrumentX" | "notional" | "initialEquity"
> & { readonly notional: number | null; readonly initialEquity: number | null };

/** A round trip of a report; quantities are null where a link was made without sizes. */
export type ReportTrade = Omit<TradeRow, "quantityY" | "quantityX"> & {
  readonly quantityY: number | null;
  readonly quantityX: number | null;
};

/**
 * A manifest as a report shows it. The hash of the settings is null where a link was made without
 * sizes: whoever knows all settings but the sizes could find those by trying.
 */
export type ReportManifest = Omit<Manifest, "configHash"> & { readonly configHash: string | null };

/** A report as its page shows it. */
export type ReportResult = Omit<BacktestReport, "trades" | "manifest"> & {
  readonly trades: readonly ReportTrade[];
  readonly manifest: ReportManifest;
};

/** A leg by name. */
export type ReportLeg = { readonly symbol: string; readonly venue: string };

/** A strategy version as a report shows it. */
export type ReportVersion = {
  readonly version: number;
  readonly config: ReportConfig;
  readonly configHash: string | null;
  readonly legY: ReportLeg;
  readonly legX: ReportLeg;
};

/** What the page of a report reads, besides the report: a BacktestView has it all, and more. */
export type ReportView = {
  readonly strategyName: string;
  readonly strategyVersion: ReportVersion;
  readonly synthetic: boolean;
};

/** Initial equity to which the money of a report is scaled when its sizes are not shared. */
export const SHARED_INITIAL_EQUITY = 100;

/** What a link opens: the report and nothing by which to reach further into the workspace. */
export type SharedReport = ReportView & {
  readonly report: ReportResult;
  /** False: money is scaled to SHARED_INITIAL_EQUITY; quantities and notional are left out. */
  readonly sizesShown: boolean;
};
