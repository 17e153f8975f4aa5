import { createRestClient, type RestClient } from "./rest-client.ts";
import { REST_WEIGHTS } from "./rest-weights.ts";
import type { MarketAddress } from "./venue-addresses.ts";
import { VenueClock } from "./venue-clock.ts";
import type { VenueMarket } from "./venue-market.ts";
import { WeightPool } from "./weight-pool.ts";

/** One market of a venue: how to ask it, and what time it is there. */
export type MarketVenue = {
  readonly market: VenueMarket;
  readonly address: MarketAddress;
  readonly rest: RestClient;
  readonly clock: VenueClock;
};

/**
 * @param timeoutMs after which a call without an answer has failed
 * @param localNowMs our own clock
 */
export function createMarketVenue(
  market: VenueMarket,
  address: MarketAddress,
  timeoutMs: number,
  localNowMs: () => number = Date.now,
): MarketVenue {
  const clock = new VenueClock(localNowMs);
  const pool = new WeightPool({
    limit: REST_WEIGHTS[market].limit,
    venueNowMs: () => clock.nowMs(),
    localNowMs: Date.now,
  });
  const rest = createRestClient({ market, restUrl: address.restUrl, pool, timeoutMs });
  return { market, address, rest, clock };
}
