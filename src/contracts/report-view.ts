import type { BacktestReport, RunHashes, TradeLeg, TradeRow } from "./backtest.ts";
import type { BacktestPlan } from "./backtest-plan.ts";
import type { LegView } from "./leg-view.ts";
import type { Manifest } from "./manifest.ts";
import type {
  Account,
  Sizing,
  StrategyConfig,
  StrategyFile,
  StrategyGate,
  StrategyProtection,
} from "./strategy.ts";

/** An instrument by name. */
export type ReportLeg = Omit<LegView, "instrumentId">;

/**
 * Settings of a backtest as a report shows them, without ids. Money is null where a link was made without
 * sizes. Funding and dividends that are lists are counted, not listed.
 */
export type ReportConfig = Pick<
  StrategyConfig,
  "kind" | "parameters" | "intervalMs" | "formation" | "trading" | "pricedAt" | "riskFreeRateAnnual"
> & {
  /** What a model may do to entries; absent: none is asked. Its version only where its owner edits it. */
  readonly gate?: Pick<StrategyGate, "mode" | "threshold"> &
    Partial<Pick<StrategyGate, "modelVersionId">>;
  readonly protection?: StrategyProtection;
  readonly sizing: Sizing | null;
  readonly account: Omit<Account, "initialEquity"> & { readonly initialEquity: number | null };
  readonly costs: Omit<StrategyConfig["costs"], "funding" | "dividends"> & {
    readonly funding:
      | { readonly rate: number; readonly everyHours: number }
      | { readonly payments: number }
      | null;
    readonly dividends: { readonly payments: number };
  };
};

/** A leg of a round trip; the quantity is null where a link was made without sizes. */
export type ReportTradeLeg = Omit<TradeLeg, "quantity"> & { readonly quantity: number | null };

/** A round trip of a report with all that is known of its legs. */
export type FullTrade = Omit<TradeRow, "legs"> & { readonly legs: readonly ReportTradeLeg[] };

/** What is drawn of a leg before its trade is opened; prices to eight digits, direction 1: bought, −1: sold. */
export type ListedLeg = Pick<TradeLeg, "instrument" | "entryPrice" | "exitPrice"> & {
  readonly direction: 1 | -1;
};

/** Money of the legs of a trade that a list shows as one sum. */
export type LegSums = Pick<
  TradeLeg,
  "grossPnl" | "fees" | "slippageCost" | "funding" | "borrow" | "dividends" | "liquidationFee"
>;

/** A round trip as a page lists and draws it; what more there is of its legs is read when it is opened. */
export type ReportTrade = Omit<TradeRow, "legs"> &
  LegSums & { readonly legs: readonly ListedLeg[] };

/**
 * A manifest as a report shows it. The hash of the settings is null where a link was made without
 * sizes: whoever knows all settings but the sizes could find those by trying.
 */
export type ReportManifest = Omit<Manifest, "configHash"> & { readonly configHash: string | null };

/** The analysis; hashes are null where a link was made without sizes, for the reason of ReportManifest. */
export type ReportAnalysis = Omit<NonNullable<BacktestReport["analysis"]>, "hashes"> & {
  readonly hashes: RunHashes | null;
};

/** A whole report as its reader may see it. */
export type FullReport = Omit<
  BacktestReport,
  "instruments" | "trades" | "manifest" | "analysis"
> & {
  readonly instruments: readonly ReportLeg[];
  readonly trades: readonly FullTrade[];
  readonly analysis: ReportAnalysis | null;
  readonly manifest: ReportManifest;
};

/** A report as its page shows it. */
export type ReportResult = Omit<FullReport, "trades"> & { readonly trades: readonly ReportTrade[] };

/** A strategy version as a report shows it. */
export type ReportVersion = {
  readonly version: number;
  readonly config: ReportConfig;
  readonly configHash: string | null;
};

/** What the page of a report reads, besides the report. */
export type ReportView = {
  readonly strategyName: string;
  readonly strategyVersion: ReportVersion;
  readonly plan: ReportPlan;
  /** null where a link was made without them. */
  readonly notes: string | null;
  readonly synthetic: boolean;
};

/** How it was run, without ids. */
export type ReportPlan =
  | Extract<BacktestPlan, { kind: "single" }>
  | {
      readonly kind: "walk-forward";
      readonly walkForward: Omit<
        Extract<BacktestPlan, { kind: "walk-forward" }>["walkForward"],
        "selection"
      > & { readonly selection: string };
    };

/** Initial equity to which the money of a report is scaled when its sizes are not shared. */
export const SHARED_INITIAL_EQUITY = 100;

/** What a link opens: the report and nothing by which to reach further into the workspace. */
export type SharedReport = ReportView & {
  readonly report: FullReport;
  /** False: money is scaled to SHARED_INITIAL_EQUITY; quantities and sizing are left out. */
  readonly sizesShown: boolean;
  /** Strategy that can be imported into another workspace; null where a link was made without sizes. */
  readonly copyable: StrategyFile | null;
};
