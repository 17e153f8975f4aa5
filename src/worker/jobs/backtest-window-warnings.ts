import type { Calendar, TimeWindow } from "#contracts/interval.ts";
import { utcMinute } from "#contracts/utc-minute.ts";
import { DAY_MS } from "../imports/bar-interval.ts";

/** A period of a strategy, and the first and last bar in it, UTC ms. */
export type UsedWindow = {
  readonly field: "formation" | "trading";
  readonly window: TimeWindow;
  readonly firstMs: number;
  readonly lastMs: number;
};

/** A market that closes may be silent from a holiday before a weekend to a holiday after it. */
const SILENCE_MAX_MS: Record<Calendar, number> = { continuous: 0, weekdays: 4 * DAY_MS };

/** Where a period is longer than the data in it, in words that name the field. */
export function backtestWindowWarnings(
  windows: readonly UsedWindow[],
  market: { readonly intervalMs: number; readonly calendar: Calendar },
): string[] {
  const silenceMs = SILENCE_MAX_MS[market.calendar];
  return windows.flatMap(({ field, window, firstMs, lastMs }) => {
    const warnings: string[] = [];
    if (firstMs - window.startMs >= market.intervalMs + silenceMs) {
      warnings.push(
        `The ${field} period starts before the data: the first bar is that of ${utcMinute(firstMs)}.`,
      );
    }
    if (window.endMs - lastMs > market.intervalMs + silenceMs) {
      warnings.push(
        `The ${field} period ends after the data: the last bar is that of ${utcMinute(lastMs)}.`,
      );
    }
    return warnings;
  });
}
