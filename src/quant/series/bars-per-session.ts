import { sessionDays } from "./session-slots.ts";

/**
 * Bars per session: how many bars a trading day of a series has.
 *
 * The median over the weekdays (UTC) that have any bar, so that half days, gaps, and the first and last
 * day, which may be cut, do not count.
 *
 * @param openTimeMs open times, strictly ascending, UTC milliseconds
 * @returns bars, at least 1 (of an even number of days the lower median, which is a count that occurred);
 *   null when no weekday has a bar
 *
 * Cost: O(n + days · log days).
 */
export function barsPerSession(openTimeMs: Float64Array): number | null {
  const counts = Float64Array.from(sessionDays(openTimeMs), ({ from, to }) => to - from).sort();
  return counts[Math.floor((counts.length - 1) / 2)] ?? null;
}
