import { z } from "zod";
import type { Venue } from "#contracts/market-data.ts";
import type { Exchange } from "../venues/resolve-exchange.ts";
import {
  futuresStreamUrl,
  simulatorAddresses,
  type VenueAddresses,
} from "../venues/venue-addresses.ts";
import { VENUE_MARKETS, type VenueMarket } from "../venues/venue-market.ts";
import type { FeedOptions } from "./feed-options.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const ms = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const httpUrl = (fallback: string) =>
  z.url({ protocol: /^https?$/, error: "must be an http address" }).default(fallback);
const streamUrl = (fallback: string) =>
  z.url({ protocol: /^wss?$/, error: "must be a ws address" }).default(fallback);

/** "spot:BTCUSDT,usdm:ETHUSDT"; without a market it is spot. */
const Symbols = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ""))
  .pipe(z.array(z.string().regex(/^((spot|usdm):)?[A-Z0-9_]{2,40}$/, "is no list of symbols")))
  .transform((words) => words.map((word) => (word.includes(":") ? word : `spot:${word}`)));

const Markets = z
  .string()
  .default("spot,usdm")
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(VENUE_MARKETS)).min(1));

/** Variables of the feed. `.env.example` says what each does. */
export const FeedEnv = z.object({
  EXCHANGE: z.enum(["auto", "binance", "simulator"]).default("auto"),
  SIMULATOR_URL: httpUrl("http://127.0.0.1:8790"),
  BINANCE_SPOT_REST_URL: httpUrl("https://data-api.binance.vision"),
  BINANCE_SPOT_STREAM_URL: streamUrl("wss://data-stream.binance.vision"),
  BINANCE_USDM_REST_URL: httpUrl("https://fapi.binance.com"),
  BINANCE_USDM_STREAM_URL: streamUrl("wss://fstream.binance.com"),
  FEED_MARKETS: Markets,
  FEED_SYMBOLS: Symbols,
  FEED_FOLLOWED_MAX: count(200),
  FEED_GUEST_FOLLOWED_MAX: count(40),
  FEED_QUEUE_MAX: count(400_000),
  FEED_FLUSH_MS: ms(25),
  FEED_FLUSH_TRADES: count(2_000),
  FEED_LEASE_MS: z.coerce.number().int().min(500).default(6_000),
  FEED_SILENCE_MIN_MS: ms(5 * SECOND_MS),
  FEED_SILENCE_MAX_MS: ms(20 * SECOND_MS),
  FEED_QUIET_MAX_MS: ms(10 * MINUTE_MS),
  FEED_BACK_OFF_MIN_MS: ms(500),
  FEED_BACK_OFF_MAX_MS: ms(30 * SECOND_MS),
  FEED_PING_MS: ms(10 * SECOND_MS),
  FEED_PONG_TIMEOUT_MS: ms(10 * SECOND_MS),
  FEED_CONNECTION_LIFE_MS: ms(23 * HOUR_MS),
  FEED_OVERLAP_MS: ms(3 * SECOND_MS),
  FEED_REORDER_MS: ms(200),
  FEED_LATENESS_MS: ms(1 * SECOND_MS),
  FEED_REST_TIMEOUT_MS: ms(10 * SECOND_MS),
  FEED_CLOCK_MS: ms(30 * SECOND_MS),
  FEED_WANTED_MS: ms(5 * SECOND_MS),
  FEED_INSTRUMENTS_MS: ms(5 * MINUTE_MS),
  FEED_STATUS_MS: ms(30 * SECOND_MS),
  FEED_TICKERS_MS: ms(2 * SECOND_MS),
  FEED_BAR_CHECK_MS: ms(1 * MINUTE_MS),
  FEED_STREAMS_PER_CONNECTION: z.coerce.number().int().min(1).max(1_024).default(200),
  FEED_TRADE_DAYS: count(7),
  FEED_SECOND_BAR_DAYS: count(90),
});
export type FeedEnv = z.infer<typeof FeedEnv>;

/** Where the real exchange is. */
export function binanceAddresses(env: FeedEnv): VenueAddresses {
  return {
    spot: { restUrl: env.BINANCE_SPOT_REST_URL, streamUrl: env.BINANCE_SPOT_STREAM_URL },
    usdm: {
      restUrl: env.BINANCE_USDM_REST_URL,
      streamUrl: futuresStreamUrl(env.BINANCE_USDM_STREAM_URL),
    },
  };
}

/** Where the exchange is that feeds us. */
export function exchangeAddresses(env: FeedEnv, exchange: Exchange): VenueAddresses {
  return exchange === "binance" ? binanceAddresses(env) : simulatorAddresses(env.SIMULATOR_URL);
}

/** Venues that history may be asked of: with the simulated exchange alone nothing leaves the machine. */
export function venueAddresses(env: FeedEnv): Partial<Record<Venue, VenueAddresses>> {
  const simulated = simulatorAddresses(env.SIMULATOR_URL);
  return env.EXCHANGE === "simulator"
    ? { simulated }
    : { simulated, binance: binanceAddresses(env) };
}

/** Options of a feed from that exchange. */
export function feedOptions(env: FeedEnv, exchange: Exchange): FeedOptions {
  const markets: readonly VenueMarket[] = env.FEED_MARKETS;
  return {
    venue: exchange === "binance" ? "binance" : "simulated",
    addresses: exchangeAddresses(env, exchange),
    markets,
    fixedSymbols: env.FEED_SYMBOLS,
    followLimits: { workspaceMax: env.FEED_FOLLOWED_MAX, guestMax: env.FEED_GUEST_FOLLOWED_MAX },
    queueMax: env.FEED_QUEUE_MAX,
    flushMs: env.FEED_FLUSH_MS,
    flushTrades: env.FEED_FLUSH_TRADES,
    leaseMs: env.FEED_LEASE_MS,
    silenceMinMs: env.FEED_SILENCE_MIN_MS,
    silenceMaxMs: env.FEED_SILENCE_MAX_MS,
    quietMaxMs: env.FEED_QUIET_MAX_MS,
    backOffMinMs: env.FEED_BACK_OFF_MIN_MS,
    backOffMaxMs: env.FEED_BACK_OFF_MAX_MS,
    pingMs: env.FEED_PING_MS,
    pongTimeoutMs: env.FEED_PONG_TIMEOUT_MS,
    connectionLifeMs: env.FEED_CONNECTION_LIFE_MS,
    overlapMs: env.FEED_OVERLAP_MS,
    reorderMs: env.FEED_REORDER_MS,
    latenessMs: env.FEED_LATENESS_MS,
    restTimeoutMs: env.FEED_REST_TIMEOUT_MS,
    clockMs: env.FEED_CLOCK_MS,
    wantedMs: env.FEED_WANTED_MS,
    instrumentsMs: env.FEED_INSTRUMENTS_MS,
    statusMs: env.FEED_STATUS_MS,
    tickersMs: env.FEED_TICKERS_MS,
    barCheckMs: env.FEED_BAR_CHECK_MS,
    streamsPerConnection: env.FEED_STREAMS_PER_CONNECTION,
    localNowMs: Date.now,
    tradeDays: env.FEED_TRADE_DAYS,
    secondBarDays: env.FEED_SECOND_BAR_DAYS,
  };
}
