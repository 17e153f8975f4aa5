import type { VenueAddresses } from "./venue-addresses.ts";

/** Which venue feeds us. */
export type Exchange = "binance" | "simulator";

const PING_MS = 3_000;

/**
 * The exchange that is meant: with "auto" the real one if it can be reached, and the simulated one otherwise.
 *
 * @param binance where the real one would be
 */
export async function resolveExchange(
  wanted: "auto" | Exchange,
  binance: VenueAddresses,
): Promise<Exchange> {
  if (wanted !== "auto") return wanted;
  const isReached = await fetch(`${binance.spot.restUrl}/api/v3/ping`, {
    signal: AbortSignal.timeout(PING_MS),
  }).then(
    ({ status }) => isOfReachable(status),
    () => false,
  );
  return isReached ? "binance" : "simulator";
}

/**
 * 403 and 451 are what the venue tells regions that it does not serve. One that bans us for a while (418, 429) is
 * there: it is waited for, and no data of another venue takes the place of its own.
 */
function isOfReachable(status: number): boolean {
  return status < 500 && status !== 403 && status !== 451;
}
