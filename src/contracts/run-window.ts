import type { TimeWindow } from "./interval.ts";
import type { StrategyConfig } from "./strategy.ts";

/** A market that closes has fewer bars in a span than its interval says: seven hours of 24, on five days of seven. */
const SPAN_CARE = 6;

/**
 * Open times that a run reads: both periods, and as much before as the strategy needs to be warm.
 *
 * @param warmUpBars of the strategy
 */
export function runWindow(
  { formation, trading, intervalMs }: Pick<StrategyConfig, "formation" | "trading" | "intervalMs">,
  warmUpBars: number,
): TimeWindow {
  const warmUpStartMs = trading.startMs - SPAN_CARE * warmUpBars * intervalMs;
  const startMs = warmUpBars === 0 ? formation.startMs : Math.min(formation.startMs, warmUpStartMs);
  return { startMs: Math.max(0, startMs), endMs: trading.endMs };
}
