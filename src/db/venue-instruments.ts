import type { Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

/** An instrument as a venue lists it. Sizes are decimal texts. */
export type ListedInstrument = {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly status: "trading" | "halted";
  /** What the venue calls the status: "HALT", "BREAK", "SETTLING". */
  readonly venueStatus: string;
  readonly tickSize: string | null;
  readonly lotSize: string | null;
  readonly listedAtMs: number | null;
};

/** What the venue changed of an instrument since it was last looked at. */
export type InstrumentChange = {
  readonly instrumentId: number;
  readonly symbol: string;
  readonly kind: "listed" | "status" | "rules";
  /** "trading → halted (the venue says BREAK)", "tick size 0.01 → 0.1". */
  readonly detail: string;
};

type KnownRow = {
  id: number;
  symbol: string;
  status: string;
  tickSize: string | null;
  lotSize: string | null;
};

/**
 * Brings the instruments of one market of a venue up to date.
 *
 * @param listed instruments as the venue has them now
 * @param options.isComplete there are no others: known ones that are not among them are delisted
 * @returns what has changed; without the instruments of a venue that was never looked at before
 */
export async function syncInstruments(
  client: Queryable,
  place: { readonly venue: Venue; readonly market: string },
  listed: readonly ListedInstrument[],
  options: { readonly isComplete: boolean },
): Promise<InstrumentChange[]> {
  const { rows } = await client.query<KnownRow>(
    `SELECT id, symbol, status, trim_scale(tick_size)::text AS "tickSize",
       trim_scale(lot_size)::text AS "lotSize"
     FROM instrument WHERE workspace_id IS NULL AND venue = $1 AND market = $2`,
    [place.venue, place.market],
  );
  const known = new Map(rows.map((row) => [row.symbol, row]));
  const changes: InstrumentChange[] = [];
  const changed: ListedInstrument[] = [];
  for (const listing of listed) {
    const row = known.get(listing.symbol);
    const found = row === undefined ? [] : changesOf(row, listing);
    if (row === undefined || found.length > 0) changed.push(listing);
    changes.push(...found);
  }
  const ids = await upsertInstruments(client, place, changed);
  if (known.size > 0) {
    for (const [symbol, instrumentId] of ids) {
      if (!known.has(symbol)) {
        changes.push({ instrumentId, symbol, kind: "listed", detail: "new at the venue" });
      }
    }
  }
  if (options.isComplete) changes.push(...(await delist(client, known, listed)));
  return changes;
}

function changesOf(row: KnownRow, listing: ListedInstrument): InstrumentChange[] {
  const changes: InstrumentChange[] = [];
  const change = (kind: InstrumentChange["kind"], detail: string) =>
    changes.push({ instrumentId: row.id, symbol: row.symbol, kind, detail });
  if (row.status !== listing.status) {
    const { status, venueStatus } = listing;
    const why = status === "trading" ? "" : ` (the venue says ${venueStatus})`;
    change("status", `${row.status} → ${status}${why}`);
  }
  if (isOtherSize(row.tickSize, listing.tickSize)) {
    change("rules", `tick size ${row.tickSize ?? "none"} → ${listing.tickSize ?? "none"}`);
  }
  if (isOtherSize(row.lotSize, listing.lotSize)) {
    change("rules", `lot size ${row.lotSize ?? "none"} → ${listing.lotSize ?? "none"}`);
  }
  return changes;
}

/** The venue writes zeros behind a size, the database does not: "0.01000000" is "0.01". */
function isOtherSize(stored: string | null, listed: string | null): boolean {
  if (stored === null || listed === null) return stored !== listed;
  return Number(stored) !== Number(listed);
}

async function upsertInstruments(
  client: Queryable,
  place: { readonly venue: Venue; readonly market: string },
  listings: readonly ListedInstrument[],
): Promise<Map<string, number>> {
  if (listings.length === 0) return new Map();
  const { rows } = await client.query<{ id: number; symbol: string }>(
    `INSERT INTO instrument (venue, market, symbol, name, "group", base_asset, quote_asset, status,
       tick_size, lot_size, listed_at)
     SELECT $1, $2, symbol, base_asset || ' / ' || quote_asset, quote_asset, base_asset, quote_asset,
       status, tick_size, lot_size, to_timestamp(listed_at_ms / 1000.0)
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::numeric[],
       $9::float8[])
       AS l (symbol, base_asset, quote_asset, status, tick_size, lot_size, listed_at_ms)
     ORDER BY symbol
     ON CONFLICT (venue, market, symbol) WHERE workspace_id IS NULL DO UPDATE SET
       status = excluded.status, tick_size = excluded.tick_size, lot_size = excluded.lot_size
     RETURNING id, symbol`,
    [
      place.venue,
      place.market,
      listings.map((listing) => listing.symbol),
      listings.map((listing) => listing.baseAsset),
      listings.map((listing) => listing.quoteAsset),
      listings.map((listing) => listing.status),
      listings.map((listing) => listing.tickSize),
      listings.map((listing) => listing.lotSize),
      listings.map((listing) => listing.listedAtMs),
    ],
  );
  return new Map(rows.map(({ id, symbol }) => [symbol, id]));
}

async function delist(
  client: Queryable,
  known: ReadonlyMap<string, KnownRow>,
  listed: readonly ListedInstrument[],
): Promise<InstrumentChange[]> {
  const symbols = new Set(listed.map(({ symbol }) => symbol));
  const gone = [...known.values()].filter(
    ({ symbol, status }) => !symbols.has(symbol) && status !== "delisted",
  );
  if (gone.length === 0) return [];
  await client.query("UPDATE instrument SET status = 'delisted' WHERE id = ANY($1)", [
    gone.map(({ id }) => id),
  ]);
  return gone.map(({ id, symbol, status }) => ({
    instrumentId: id,
    symbol,
    kind: "status",
    detail: `${status} → delisted (the venue lists it no more)`,
  }));
}
