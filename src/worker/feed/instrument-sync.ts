import type { Pool } from "pg";
import type { Venue } from "#contracts/market-data.ts";
import { inTransaction } from "#db/transaction.ts";
import { type InstrumentChange, syncInstruments } from "#db/venue-instruments.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import type { EventLog } from "./event-log.ts";

/** Brings the instruments of a market up to date, and tells what the venue has changed. */
export async function syncMarket(
  pool: Pool,
  venue: Venue,
  market: MarketVenue,
  options: { readonly events: EventLog; readonly signal: AbortSignal },
): Promise<readonly InstrumentChange[]> {
  const { events, signal } = options;
  const listings = await market.rest.listings(null, { share: "urgent", signal });
  // An answer without any instrument is a fault of the venue, not the end of all of them.
  if (listings.length === 0) return [];
  const changes = await inTransaction(pool, (client) =>
    syncInstruments(client, { venue, market: market.market }, listings, { isComplete: true }),
  );
  for (const { instrumentId, symbol, kind, detail } of changes) {
    events.add(`instrument-${kind}`, `${symbol}: ${detail}`, instrumentId);
  }
  return changes;
}
