import type { WindowResult } from "#contracts/backtest.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportResult } from "#contracts/report-view.ts";

type Pair = WindowResult["pairs"][number];

/** The report's book of a pair of a window; −1 of one that was never traded. */
export function bookPlaceOf(
  books: ReportResult["books"],
  { instruments }: Pick<Pair, "instruments">,
): number {
  const key = instruments.join();
  return books.findIndex((book) => book.instruments.join() === key);
}

/** The traded bars of a window; its end is told by the open of the last one. */
export function windowSpan(
  { tradingStartMs, tradingEndMs }: Pick<WindowResult, "tradingStartMs" | "tradingEndMs">,
  intervalMs: number,
): TimeWindow {
  return { startMs: tradingStartMs, endMs: tradingEndMs + intervalMs };
}

/** The pair of a window that is looked at first: the one with the most trades. */
export function firstPair(pairs: readonly Pick<Pair, "tradeCount" | "refusal">[]): number {
  const counts = pairs.map(({ tradeCount, refusal }) => (refusal === null ? tradeCount : -1));
  return Math.max(0, counts.indexOf(Math.max(...counts)));
}

/** Whether any window trades by parameters that it chose itself. */
export function hasOwnParameters(windows: ReportResult["windows"]): boolean {
  return (
    windows?.some(({ pairs }) =>
      pairs.some(({ parameters }) => Object.keys(parameters ?? {}).length > 0),
    ) === true
  );
}
