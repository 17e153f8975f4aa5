import type { VenueClock } from "../venues/venue-clock.ts";

/** More than any clock is off by between two looks at it. */
const AHEAD_MS_MAX = 300_000;

/**
 * Whether a trade claims a time that cannot have come yet: minutes ahead both of the venue's clock and of the newest
 * trade. Believed, it would close every bar until then. (A recording that is played fast runs ahead of the clock, but
 * not of its own trades.)
 *
 * @param timeMs time of the trade, the venue's UTC ms
 * @param lastTradeMs time of the newest trade; null when there is none
 */
export function isAheadOfVenue(
  timeMs: number,
  clock: Pick<VenueClock, "offsetMs" | "nowMs">,
  lastTradeMs: number | null,
): boolean {
  if (clock.offsetMs === null) return false;
  return timeMs - Math.max(clock.nowMs(), lastTradeMs ?? 0) > AHEAD_MS_MAX;
}
