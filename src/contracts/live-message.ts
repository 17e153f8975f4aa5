import { z } from "zod";
import { Alert } from "./alert.ts";
import { LiveSettings } from "./live-settings.ts";
import { Market, Venue } from "./market-data.ts";
import { SignalQuality } from "./pair-analysis.ts";

/** Where a live pair stands: fresh figures, or why there are none. */
export const LiveState = z.enum(["live", "stale", "insufficient-data", "waiting", "halted"]);
export type LiveState = z.infer<typeof LiveState>;

/** One leg at the moment of a snapshot. Times UTC ms of the venue's clock. */
export const LiveLeg = z.object({
  price: z.number().nullable(),
  tradeTimeMs: z.number().nullable(),
  tradeId: z.number().nullable(),
  /** Of the last closed bar. */
  volume: z.number().nullable(),
});
export type LiveLeg = z.infer<typeof LiveLeg>;

/** Whether a live pair still is what it was; see quant's decayReport. Null where it could not be measured. */
export const DecayReport = z.object({
  /** Engle–Granger p-value over the buffer. */
  pValue: z.number().nullable(),
  /** |hedge ratio of the buffer's second half / of its first − 1|. */
  hedgeDrift: z.number().nullable(),
  /** Half-life in the second half of the spreads / in the first. */
  halfLifeRatio: z.number().nullable(),
  /** Monitoring CUSUM of the spread; 2.24 is its 5 % critical value. */
  cusum: z.number().nullable(),
  verdict: z.enum(["healthy", "weakening", "broken", "unknown"]),
  reasons: z.array(z.string()),
});
export type DecayReport = z.infer<typeof DecayReport>;

/**
 * Everything known of a live pair at one moment. `bar` are the figures at the last closed bar of both
 * legs; `now` takes the newest trades in place of that bar's closes, with the bar's hedge ratio, mean and
 * deviation.
 */
export const LiveSnapshot = z.object({
  livePairId: z.uuid(),
  seq: z.number().int(),
  state: LiveState,
  /** In words, when the state is not "live". */
  stateReason: z.string().nullable(),
  computedAtMs: z.number(),
  /** Age of the older leg's newest trade when this was computed, ms of the venue's clock. */
  freshnessMs: z.number().nullable(),
  legY: LiveLeg,
  legX: LiveLeg,
  now: z.object({ spread: z.number().nullable(), zScore: z.number().nullable() }),
  bar: z
    .object({
      openTimeMs: z.number(),
      /** Bars in the buffer, and how many it takes for a z-score. */
      bars: z.number().int(),
      barsNeeded: z.number().int(),
      /** Whether the leg had no trade in this bar, so that its last close stands for it. */
      carriedY: z.boolean(),
      carriedX: z.boolean(),
      hedgeRatio: z.number().nullable(),
      intercept: z.number().nullable(),
      spread: z.number().nullable(),
      spreadMean: z.number().nullable(),
      spreadDeviation: z.number().nullable(),
      zScore: z.number().nullable(),
      /** Of the prices, and the slope of Y on X, over 50 bars. */
      correlation: z.number().nullable(),
      beta: z.number().nullable(),
      halfLifeBars: z.number().nullable(),
      adfStatistic: z.number().nullable(),
      adfPValue: z.number().nullable(),
      adfAtMs: z.number().nullable(),
    })
    .nullable(),
  signal: z.enum(["long", "short", "flat", "none"]),
  quality: SignalQuality.nullable(),
  decay: DecayReport.nullable(),
  /** z-scores of the last 60 closed bars, oldest first, for a sparkline. */
  sparkline: z.array(z.number().nullable()),
});
export type LiveSnapshot = z.infer<typeof LiveSnapshot>;

/** What of a snapshot changes between two bars: `{ ...snapshot, ...tick }` is the newer snapshot. */
export const LiveTick = LiveSnapshot.pick({
  livePairId: true,
  seq: true,
  state: true,
  stateReason: true,
  computedAtMs: true,
  freshnessMs: true,
  legY: true,
  legX: true,
  now: true,
  signal: true,
});
export type LiveTick = z.infer<typeof LiveTick>;

/** A watched pair as the desk lists it. */
export const WatchedPairView = z.object({
  id: z.uuid(),
  livePairId: z.uuid(),
  symbolY: z.string(),
  symbolX: z.string(),
  instrumentY: z.number().int(),
  instrumentX: z.number().int(),
  venueY: Venue,
  venueX: Venue,
  marketY: Market,
  marketX: Market,
  synthetic: z.boolean(),
  settings: LiveSettings,
  notes: z.string(),
  createdAtMs: z.number(),
  retiredAtMs: z.number().nullable(),
  retiredReason: z.string().nullable(),
  snapshot: LiveSnapshot.nullable(),
});
export type WatchedPairView = z.infer<typeof WatchedPairView>;

/**
 * What the server pushes to a browser. An update holds the newest of each pair that has changed: whole
 * snapshots at first and after a bar, ticks in between; nothing older is kept for a slow reader. Alerts
 * come one by one, in order, and none is left out.
 */
export const LiveMessage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("update"),
    snapshots: z.array(LiveSnapshot),
    ticks: z.array(LiveTick),
  }),
  z.object({ kind: z.literal("alert"), alert: Alert }),
  /** An alert was acknowledged; the first message of a stream, whose number is what a reader comes back with. */
  z.object({ kind: z.literal("alerts-changed") }),
  /** The list of watched pairs is another. */
  z.object({ kind: z.literal("watch-changed") }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;

/** Payload of the market wake-up: by instrument, what was committed last. */
export const MarketWakeUp = z.array(
  z.tuple([
    z.number().int().describe("instrument id"),
    z.number().describe("id of the newest trade"),
    z.number().describe("its time, UTC ms"),
    z.number().describe("its price"),
    z.number().describe("bars that end by then are closed, UTC ms on the grid of a second"),
  ]),
);
export type MarketWakeUp = z.infer<typeof MarketWakeUp>;
