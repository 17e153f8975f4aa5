import type { Database } from "./client.ts";
import { syncInstruments } from "./venue-instruments.ts";

/** Instruments of the simulated spot market, by symbol. */
export async function listInstruments(
  database: Database,
  symbols: readonly string[],
): Promise<Map<string, number>> {
  const listings = symbols.map((symbol) => ({
    symbol,
    baseAsset: symbol.replace("USDT", ""),
    quoteAsset: "USDT",
    status: "trading" as const,
    venueStatus: "TRADING",
    tickSize: "0.01000000",
    lotSize: "0.00001000",
    listedAtMs: null,
  }));
  await syncInstruments(database.pool, { venue: "simulated", market: "spot" }, listings, {
    isComplete: false,
  });
  const { rows } = await database.pool.query<{ symbol: string; id: number }>(
    "SELECT symbol, id FROM instrument WHERE venue = 'simulated' AND symbol = ANY($1)",
    [symbols],
  );
  return new Map(rows.map(({ symbol, id }) => [symbol, id]));
}
