import { z } from "zod";
import { Market, Venue } from "./market-data.ts";

/**
 * Why ids are missing. "not-watched": nobody wanted the instrument for a while; "overloaded": more came than could be
 * written, so that reading stopped.
 */
export const GapCause = z.enum([
  "not-watched",
  "disconnect",
  "silent-stream",
  "dropped-frames",
  "bad-frame",
  "restart",
  "database-outage",
  "overloaded",
  "raw-id-break",
]);
export type GapCause = z.infer<typeof GapCause>;

/** "unfillable": the venue no longer has the trades, which the bars over it say. */
export const GapState = z.enum(["open", "filling", "filled", "unfillable"]);
export type GapState = z.infer<typeof GapState>;

/** One run of ids of the contiguity ledger. */
export const FeedGap = z.object({
  id: z.number().int(),
  instrumentId: z.number().int(),
  symbol: z.string(),
  market: Market,
  fromId: z.number().int(),
  toId: z.number().int(),
  cause: GapCause,
  state: GapState,
  source: z.string().nullable(),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  detectedAtMs: z.number(),
  filledAtMs: z.number().nullable(),
});
export type FeedGap = z.infer<typeof FeedGap>;

/**
 * The proof of one symbol and UTC day. Complete when tradeCount = lastId − firstId + 1, the ids join those of the days
 * around it, and no gap that reaches into it is open. Ids missing over midnight count in both days; of a day without
 * any trade firstId to lastId are those that are missing over it.
 */
export const TradeDayProof = z.object({
  instrumentId: z.number().int(),
  symbol: z.string(),
  market: Market,
  venue: Venue,
  dayMs: z.number(),
  firstId: z.number().int(),
  lastId: z.number().int(),
  tradeCount: z.number().int(),
  backfilledCount: z.number().int(),
  missingCount: z.number().int(),
  isComplete: z.boolean(),
});
export type TradeDayProof = z.infer<typeof TradeDayProof>;

/**
 * One symbol's stream as its process sees it. "ids-restarted": the venue numbers its trades anew, so that nothing is
 * stored beside the old ones. Rates per second; lag is receive time − event time, ms, clock offset taken out.
 */
export const FeedStream = z.object({
  instrumentId: z.number().int(),
  symbol: z.string(),
  market: Market,
  connection: z.string(),
  state: z.enum([
    "subscribing",
    "live",
    "quiet",
    "silent",
    "halted",
    "backfilling",
    "unknown-symbol",
    "ids-restarted",
  ]),
  tradesPerSecond: z.number(),
  lagMs: z.number().nullable(),
  lastTradeTimeMs: z.number().nullable(),
  lastId: z.number().int().nullable(),
  openGapCount: z.number().int(),
  missingCount: z.number().int(),
});
export type FeedStream = z.infer<typeof FeedStream>;

export const FeedConnection = z.object({
  name: z.string(),
  market: Market,
  state: z.enum(["connecting", "open", "renewing", "waiting", "closed"]),
  streams: z.number().int(),
  openedAtMs: z.number().nullable(),
  framesPerSecond: z.number(),
  lastFrameAtMs: z.number().nullable(),
  reconnects: z.number().int(),
  retryAtMs: z.number().nullable(),
  lastError: z.string().nullable(),
});
export type FeedConnection = z.infer<typeof FeedConnection>;

/** REST weight of one pool. */
export const FeedWeight = z.object({
  market: Market,
  used: z.number(),
  limit: z.number(),
  bannedUntilMs: z.number().nullable(),
});
export type FeedWeight = z.infer<typeof FeedWeight>;

/** What one feed process says of itself, once a second. */
export const FeedStatus = z.object({
  holder: z.uuid(),
  venue: Venue,
  startedAtMs: z.number(),
  updatedAtMs: z.number(),
  /** Clock of the venue − ours, ms, of each market that has told it. */
  clockOffsetsMs: z.partialRecord(Market, z.number()).default({}),
  state: z.enum(["running", "database-outage", "overloaded"]),
  queuedTrades: z.number().int(),
  queueMax: z.number().int(),
  committedPerSecond: z.number(),
  commitLagP99Ms: z.number().nullable(),
  rejectedFrames: z.number().int(),
  connections: z.array(FeedConnection),
  streams: z.array(FeedStream),
  weights: z.array(FeedWeight),
});
export type FeedStatus = z.infer<typeof FeedStatus>;

/** Something that happened to a feed, in words. */
export const FeedEvent = z.object({
  id: z.number().int(),
  kind: z.string(),
  symbol: z.string().nullable(),
  message: z.string(),
  happenedAtMs: z.number(),
});
export type FeedEvent = z.infer<typeof FeedEvent>;

/** A bar of ours that differs from the venue's kline. */
export const BarDifferenceView = z.object({
  seriesId: z.number().int(),
  symbol: z.string(),
  intervalMs: z.number().int(),
  openTimeMs: z.number(),
  ours: z.record(z.string(), z.number().nullable()),
  theirs: z.record(z.string(), z.number().nullable()),
  detectedAtMs: z.number(),
});
export type BarDifferenceView = z.infer<typeof BarDifferenceView>;

/** An instrument of a venue with its rolling 24 hours. Prices in the quote asset. */
export const MarketRow = z.object({
  instrumentId: z.number().int(),
  venue: Venue,
  market: Market,
  symbol: z.string(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  status: z.enum(["trading", "halted", "delisted"]),
  lastPrice: z.number().nullable(),
  /** Last / open of 24 hours − 1. */
  changeFraction: z.number().nullable(),
  highPrice: z.number().nullable(),
  lowPrice: z.number().nullable(),
  quoteVolume: z.number().nullable(),
  eventTimeMs: z.number().nullable(),
  isWatched: z.boolean(),
});
export type MarketRow = z.infer<typeof MarketRow>;
