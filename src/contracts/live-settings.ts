import { z } from "zod";
import { liveBarsNeeded } from "#quant/live/live-bars-needed.ts";
import { InstrumentId } from "./instrument-id.ts";
import { IntervalMs } from "./interval.ts";

/**
 * How the hedge ratio of a live pair follows the market. "buffer" is the desk preset's: one ratio over the
 * whole buffer, covariance (ddof 1) over variance (ddof 0), no intercept.
 */
export const LiveHedge = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("rolling-ols"),
    windowBars: z.number().int().min(10).max(5_000),
    intercept: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("buffer") }),
  z.strictObject({
    kind: z.literal("kalman"),
    delta: z.number().min(1e-12).max(0.5),
    observationVariance: z.number().min(1e-15).max(1e12),
  }),
]);
export type LiveHedge = z.infer<typeof LiveHedge>;

/** What is computed of a live pair, and how. Two watchers with the same settings share one computation. */
export const LiveSettings = z
  .strictObject({
    intervalMs: IntervalMs,
    prices: z.enum(["log", "level"]),
    hedge: LiveHedge,
    zScoreWindowBars: z.number().int().min(3).max(5_000),
    /** Bars that every figure looks back over at most: the buffer. */
    bufferBars: z.number().int().min(100).max(10_000),
    /**
     * An interval in which one leg had no trade: its last close stands for so many bars at most, marked as
     * carried; then the interval is a gap. 0: always a gap. Missing trades are never carried over.
     */
    carryBarsMax: z.number().int().min(0).max(60),
    /** Entry threshold of |z|. */
    threshold: z.number().min(0.5).max(5),
  })
  .refine((settings) => liveBarsNeeded(settings) <= settings.bufferBars, {
    message: "The buffer must hold the windows of hedge ratio and z-score together",
    path: ["bufferBars"],
  });
export type LiveSettings = z.infer<typeof LiveSettings>;

/** A pair to be watched. */
export const LivePairConfig = z
  .strictObject({
    instrumentY: InstrumentId,
    instrumentX: InstrumentId,
    settings: LiveSettings,
  })
  .refine(({ instrumentY, instrumentX }) => instrumentY !== instrumentX, {
    message: "The legs must be two instruments",
    path: ["instrumentX"],
  });
export type LivePairConfig = z.infer<typeof LivePairConfig>;

/** The honest default, and what two earlier systems did ("desk": 1 s bars on price levels; "stack"). */
export const LIVE_PRESETS = {
  default: {
    intervalMs: 60_000,
    prices: "log",
    hedge: { kind: "rolling-ols", windowBars: 240, intercept: true },
    zScoreWindowBars: 60,
    bufferBars: 1_000,
    carryBarsMax: 0,
    threshold: 2,
  },
  desk: {
    intervalMs: 1_000,
    prices: "level",
    hedge: { kind: "buffer" },
    zScoreWindowBars: 50,
    bufferBars: 500,
    carryBarsMax: 10,
    threshold: 2,
  },
  stack: {
    intervalMs: 60_000,
    prices: "log",
    hedge: { kind: "rolling-ols", windowBars: 20, intercept: true },
    zScoreWindowBars: 20,
    bufferBars: 500,
    carryBarsMax: 0,
    threshold: 2,
  },
} as const satisfies Record<string, LiveSettings>;
export type LivePreset = keyof typeof LIVE_PRESETS;
