import type { TradeRow } from "#contracts/backtest.ts";

/** The z-scores that open, close and abandon a position; null: not used. */
export type ChartThresholds = {
  entryZScore: number;
  exitZScore: number;
  stopZScore: number | null;
};

export type ChartLegs = { symbolY: string; symbolX: string };

/** What charts need of a trade. */
export type ChartTrade = Pick<
  TradeRow,
  | "side"
  | "entrySignalMs"
  | "entryMs"
  | "exitSignalMs"
  | "exitMs"
  | "entryZScore"
  | "exitZScore"
  | "entryPriceY"
  | "entryPriceX"
  | "exitPriceY"
  | "exitPriceX"
  | "exitReason"
>;
