import { mean } from "../stats/mean.ts";
import type { TradeOutcome } from "./trade-outcome.ts";

/**
 * Turnover: how many times a year the average equity was traded.
 *
 * Σ |quantity| · price over all fills of both legs / mean(equity), a year.
 *
 * @param trades round trips with their traded notional, quote currency
 * @param equity equity after each bar
 * @param periodsPerYear bars of a year
 * @returns times a year; null without bars or when the average equity is not positive
 *
 * Cost: O(n).
 */
export function turnover(
  trades: readonly TradeOutcome[],
  equity: Float64Array,
  periodsPerYear: number,
): number | null {
  const traded = trades.reduce((total, trade) => total + trade.tradedNotional, 0);
  return turnoverOfNotional(traded, equity, periodsPerYear);
}

/**
 * Turnover of a traded notional, where fills are known and not only finished trades.
 *
 * @param tradedNotional Σ |quantity| · price over all fills, quote currency
 * @param equity equity after each bar
 * @param periodsPerYear bars of a year
 * @returns times a year; null without bars or when the average equity is not positive
 *
 * Cost: O(n).
 */
export function turnoverOfNotional(
  tradedNotional: number,
  equity: Float64Array,
  periodsPerYear: number,
): number | null {
  if (equity.length === 0) return null;
  const average = mean(equity);
  if (average <= 0) return null;
  return ((tradedNotional / average) * periodsPerYear) / equity.length;
}
