import type { Market, Venue } from "#contracts/market-data.ts";
import { createMarketVenue, type MarketVenue } from "./market-venue.ts";
import type { VenueAddresses } from "./venue-addresses.ts";

/** The markets of venues that a process may ask, one client and one pool of weight for each. */
export type VenueAccess = {
  /** null: this process may not ask it. */
  readonly marketOf: (venue: Venue, market: Market) => MarketVenue | null;
};

/** Where nobody is asked. */
export const NO_VENUES: VenueAccess = { marketOf: () => null };

/**
 * Access to venues by their addresses.
 *
 * @param timeoutMs after which a call without an answer has failed
 */
export function createVenueAccess(
  addresses: Partial<Record<Venue, VenueAddresses>>,
  timeoutMs: number,
): VenueAccess {
  const known = new Map<string, MarketVenue>();
  return {
    marketOf: (venue, market) => {
      const ofVenue = addresses[venue];
      if (ofVenue === undefined || market === "") return null;
      const key = `${venue} ${market}`;
      const found = known.get(key) ?? createMarketVenue(market, ofVenue[market], timeoutMs);
      known.set(key, found);
      return found;
    },
  };
}
