import type { TradeLeg, TradeRow } from "#contracts/backtest.ts";

/** The z-scores that open, close and abandon a position; null: not used. */
export type ChartThresholds = {
  entryZScore: number;
  exitZScore: number;
  stopZScore: number | null;
};

export type ChartLegs = { symbolY: string; symbolX: string };

/** What charts need of a leg; the quantity is null where it is not shared. */
export type ChartTradeLeg = Pick<TradeLeg, "instrument" | "entryPrice" | "exitPrice"> & {
  readonly quantity: number | null;
};

/** What charts need of a trade. */
export type ChartTrade = Pick<
  TradeRow,
  | "book"
  | "side"
  | "hedgeRatio"
  | "entrySignalMs"
  | "entryMs"
  | "exitSignalMs"
  | "exitMs"
  | "entryFigure"
  | "exitFigure"
  | "exitReason"
> & { readonly legs: readonly ChartTradeLeg[] };
