import { z } from "zod";
import { ClockOptions } from "./clock.ts";
import { Fault, FaultKind } from "./faults/fault.ts";

const ms = z.number().int().positive();
const DAY_MS = 86_400_000;

/** Times of the stream connections. Source of the defaults: Binance's stream documentation, late 2026. */
const Timers = z.strictObject({
  pingMs: ms.default(20_000),
  pongTimeoutMs: ms.default(60_000),
  futuresPingMs: ms.default(180_000),
  futuresPongTimeoutMs: ms.default(600_000),
  lifeMs: ms.default(DAY_MS),
});

/** Limits as the venue documents them; tests shorten them. */
const Limits = z.strictObject({
  weightPerMinute: z.number().int().positive().default(6_000),
  futuresWeightPerMinute: z.number().int().positive().default(2_400),
  rawRequestsPer5Minutes: z.number().int().positive().default(300_000),
  fundingRequestsPer5Minutes: z.number().int().positive().default(500),
  weightWindowMs: ms.default(60_000),
  /** Refused requests in one window until the address is banned. */
  violationsUntilBan: z.number().int().positive().default(10),
  /** Length of the first, second, … ban of an address; the last repeats. */
  banMs: z
    .array(ms)
    .min(1)
    .default([120_000, 300_000, 900_000, 3_600_000, 21_600_000, DAY_MS, 3 * DAY_MS]),
  messagesPerSecond: z.number().int().positive().default(5),
  futuresMessagesPerSecond: z.number().int().positive().default(10),
  streamsPerConnection: z.number().int().positive().default(1_024),
  connectionsPer5Minutes: z.number().int().positive().default(300),
  /** A client that leaves so much unread is cut off. */
  outboundBytesMax: z
    .number()
    .int()
    .positive()
    .default(32 * 1024 * 1024),
});

const Recording = z.strictObject({
  /** Paths of recordings: lines of `<receive time in ns> <JSON>`, gzipped, with `@trade` frames. */
  files: z.array(z.string()).min(1),
  speed: z.union([z.number().positive(), z.literal("max")]).default(1),
  /** When its time begins to run. */
  start: z.enum(["at-once", "on-subscribe", "by-control"]).default("on-subscribe"),
});

/** A fault of a script: after so many ms or so many frames since the start. */
export const ScriptedFault = z.union([
  z.strictObject({ atMs: z.number().min(0), fault: Fault }),
  z.strictObject({ afterFrames: z.number().int().min(0), fault: Fault }),
]);
export type ScriptedFault = z.output<typeof ScriptedFault>;

/** Random faults by seed: how many a minute of each kind. */
export const Chaos = z.strictObject({
  seed: z.number().int(),
  perMinute: z.partialRecord(FaultKind, z.number().positive()),
});
export type Chaos = z.output<typeof Chaos>;

const ActivityChange = z.strictObject({
  market: z.enum(["spot", "usdm"]),
  symbol: z.string(),
  fromSecond: z.number().int().min(0),
  extraPerSecond: z.number().min(0),
  isHalted: z.boolean(),
});

export const SimulatorOptions = z.strictObject({
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  /** 0: any free port of the loopback interface. */
  port: z.number().int().min(0).max(65_535).default(0),
  controlPort: z.number().int().min(0).max(65_535).default(0),
  clock: ClockOptions.default({ kind: "real", offsetMs: 0 }),
  /** Aggregated trades a second of each market, shared out by activity; or by symbol. */
  tradesPerSecond: z
    .union([z.number().positive(), z.record(z.string(), z.number().positive())])
    .default(60),
  symbols: z.array(z.string()).min(1).optional(),
  recording: Recording.optional(),
  tickMs: ms.default(10),
  timers: Timers.default(Timers.parse({})),
  limits: Limits.default(Limits.parse({})),
  faults: z.array(ScriptedFault).default([]),
  chaos: Chaos.optional(),
  /** Changes of trading that an earlier run made, so that this one continues its ids. */
  activity: z.array(ActivityChange).default([]),
});
export type SimulatorOptions = z.input<typeof SimulatorOptions>;
export type SimulatorSettings = z.output<typeof SimulatorOptions>;
