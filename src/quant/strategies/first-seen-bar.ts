import type { OpenStrategy } from "./strategy-run.ts";

/**
 * The first bar that a strategy sees: so long before trading that it is warm when that begins. RLRT begins
 * with the trading period, for the mean and the deviation that it trades by are those of that period.
 *
 * @param strategy open
 * @param tradingFrom first bar that is traded
 */
export function firstSeenBar(
  strategy: Pick<OpenStrategy, "kind" | "warmUpBars">,
  tradingFrom: number,
): number {
  if (strategy.kind === "rlrt") return tradingFrom;
  return Math.max(0, tradingFrom - strategy.warmUpBars);
}
