import type { Market } from "#contracts/market-data.ts";

/** A market of a venue; uploads and the demo set have none. */
export type VenueMarket = Exclude<Market, "">;

export const VENUE_MARKETS = ["spot", "usdm"] as const satisfies readonly VenueMarket[];

/** Name of the stream of aggregated trades, as the venue spells it. */
export function tradeStream(symbol: string): string {
  return `${symbol.toLowerCase()}@aggTrade`;
}
