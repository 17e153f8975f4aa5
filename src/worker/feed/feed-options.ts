import type { Venue } from "#contracts/market-data.ts";
import type { FollowLimits } from "#db/feed-wanted-instruments.ts";
import type { VenueAddresses } from "../venues/venue-addresses.ts";
import type { VenueMarket } from "../venues/venue-market.ts";

/** Configuration of a feed. Every time is in ms, so that tests can make it short. */
export type FeedOptions = {
  readonly venue: Extract<Venue, "binance" | "simulated">;
  readonly addresses: VenueAddresses;
  readonly markets: readonly VenueMarket[];
  /** Instruments that are followed whether or not anybody watches them: "spot:BTCUSDT". */
  readonly fixedSymbols: readonly string[];
  readonly followLimits: FollowLimits;
  readonly queueMax: number;
  readonly flushMs: number;
  readonly flushTrades: number;
  readonly leaseMs: number;
  readonly silenceMinMs: number;
  readonly silenceMaxMs: number;
  readonly quietMaxMs: number;
  readonly backOffMinMs: number;
  readonly backOffMaxMs: number;
  readonly pingMs: number;
  readonly pongTimeoutMs: number;
  readonly connectionLifeMs: number;
  readonly overlapMs: number;
  readonly reorderMs: number;
  readonly latenessMs: number;
  readonly restTimeoutMs: number;
  readonly clockMs: number;
  readonly wantedMs: number;
  readonly instrumentsMs: number;
  /** A quiet symbol is not asked for its status again earlier than this. */
  readonly statusMs: number;
  readonly tickersMs: number;
  readonly barCheckMs: number;
  readonly streamsPerConnection: number;
  /** Our own clock, UTC ms. */
  readonly localNowMs: () => number;
  readonly tradeDays: number;
  readonly secondBarDays: number;
};
