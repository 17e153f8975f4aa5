import type { VenueAddresses } from "./venue-addresses.ts";

/** Which venue feeds us. */
export type Exchange = "binance" | "simulator";

const PING_MS = 3_000;

/**
 * The exchange that is meant: with "auto" the real one if it answers, and the simulated one otherwise.
 *
 * @param binance where the real one would be
 */
export async function resolveExchange(
  wanted: "auto" | Exchange,
  binance: VenueAddresses,
): Promise<Exchange> {
  if (wanted !== "auto") return wanted;
  const answers = await fetch(`${binance.spot.restUrl}/api/v3/ping`, {
    signal: AbortSignal.timeout(PING_MS),
  }).then(
    (response) => response.ok,
    () => false,
  );
  return answers ? "binance" : "simulator";
}
