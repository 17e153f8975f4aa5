import type { TradeRow } from "#contracts/backtest.ts";
import type { ListedLeg } from "#contracts/report-view.ts";

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
  | "book"
  | "side"
  | "entrySignalMs"
  | "entryMs"
  | "exitSignalMs"
  | "exitMs"
  | "entryFigure"
  | "exitFigure"
  | "exitReason"
> & { readonly legs: readonly ListedLeg[] };
