import type { Pool } from "pg";
import type { Venue } from "#contracts/market-data.ts";
import { inTransaction } from "#db/transaction.ts";
import { type InstrumentChange, syncInstruments } from "#db/venue-instruments.ts";
import type { VenueListing } from "../venues/exchange-info.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import { VenueError } from "../venues/venue-error.ts";
import type { EventLog } from "./event-log.ts";

type SyncOptions = { readonly events: EventLog; readonly signal: AbortSignal };

/** Brings the instruments of a market up to date, and tells what the venue has changed. */
export async function syncMarket(
  pool: Pool,
  venue: Venue,
  market: MarketVenue,
  options: SyncOptions,
): Promise<readonly InstrumentChange[]> {
  const listings = await market.rest.listings(null, { share: "urgent", signal: options.signal });
  // An answer without any instrument is a fault of the venue, not the end of all of them.
  if (listings.length === 0) return [];
  return store(pool, { venue, market: market.market }, { listings, isComplete: true }, options);
}

/** The same for a few symbols, as far as the market can be asked for these alone. */
export async function syncSymbols(
  pool: Pool,
  venue: Venue,
  market: MarketVenue,
  symbols: readonly string[],
  options: SyncOptions,
): Promise<readonly InstrumentChange[]> {
  // USD-M tells of all or of none, and it weighs next to nothing there.
  if (market.market === "usdm") return syncMarket(pool, venue, market, options);
  try {
    const listings = await market.rest.listings(symbols, {
      share: "urgent",
      signal: options.signal,
    });
    return await store(
      pool,
      { venue, market: market.market },
      { listings, isComplete: false },
      options,
    );
  } catch (error) {
    // It refuses a list with a symbol that it does not know: which one, only the list of all tells.
    if (!(error instanceof VenueError) || error.kind !== "refused") throw error;
    return syncMarket(pool, venue, market, options);
  }
}

async function store(
  pool: Pool,
  place: { readonly venue: Venue; readonly market: MarketVenue["market"] },
  listed: { readonly listings: readonly VenueListing[]; readonly isComplete: boolean },
  { events }: SyncOptions,
): Promise<readonly InstrumentChange[]> {
  const { listings, isComplete } = listed;
  const changes = await inTransaction(pool, (client) =>
    syncInstruments(client, place, listings, { isComplete }),
  );
  for (const { instrumentId, symbol, kind, detail } of changes) {
    events.add(`instrument-${kind}`, `${symbol}: ${detail}`, instrumentId);
  }
  return changes;
}
