import type { Pool } from "pg";
import type { Venue } from "#contracts/market-data.ts";
import { saveTickers } from "#db/market-tickers.ts";
import type { VenueTicker } from "../venues/stream-frame.ts";
import type { VenueMarket } from "../venues/venue-market.ts";

/** The newest ticker of every symbol, until they are stored: the venue sends more often than anybody looks. */
export class TickerBoard {
  readonly #venue: Venue;
  readonly #byMarket = new Map<VenueMarket, Map<string, VenueTicker>>();

  constructor(venue: Venue) {
    this.#venue = venue;
  }

  add(market: VenueMarket, tickers: readonly VenueTicker[]): void {
    const board = this.#byMarket.get(market) ?? new Map<string, VenueTicker>();
    this.#byMarket.set(market, board);
    for (const ticker of tickers) board.set(ticker.symbol, ticker);
  }

  /** Stores what is new. What cannot be stored is worthless later. */
  async flush(pool: Pool): Promise<void> {
    for (const [market, board] of this.#byMarket) {
      if (board.size === 0) continue;
      this.#byMarket.set(market, new Map());
      await saveTickers(pool, { venue: this.#venue, market }, [...board.values()]);
    }
  }
}
