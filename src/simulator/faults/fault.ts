import { z } from "zod";

/** What a fault hits; everything when empty. Stream names as subscribed, symbols in upper case. */
const Target = z.strictObject({
  market: z.enum(["spot", "usdm"]).optional(),
  symbol: z.string().optional(),
  stream: z.string().optional(),
  connection: z.number().int().optional(),
  /** Only connections that were open when the fault began. */
  existingOnly: z.boolean().optional(),
});

/** Filters that may change; decimal texts. */
export const FilterChange = z.strictObject({
  tickSize: z.string().exactOptional(),
  stepSize: z.string().exactOptional(),
  minQty: z.string().exactOptional(),
  minNotional: z.string().exactOptional(),
});

const common = {
  target: Target.default({}),
  /** Ends by itself after so long; without it by count, or when cleared. Real milliseconds. */
  durationMs: z.number().int().positive().optional(),
};
const frames = z.number().int().positive().default(1);
const requests = z.number().int().positive().optional();

/** A fault that can be had. Each is counted every time it bites. */
export const Fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("drop"), frames, ...common }),
  z.strictObject({ kind: z.literal("duplicate"), frames, ...common }),
  /** The next so many frames of a connection, last first. */
  z.strictObject({ kind: z.literal("reorder"), frames: frames.default(2), ...common }),
  /** What a connection is sent comes so much later, in order. */
  z.strictObject({
    kind: z.literal("delay"),
    frames: z.number().int().positive().optional(),
    delayMs: z.number().int().positive(),
    ...common,
  }),
  z.strictObject({ kind: z.literal("truncate"), frames, ...common }),
  z.strictObject({ kind: z.literal("malformed"), frames, ...common }),
  z.strictObject({
    kind: z.literal("oversized"),
    frames,
    bytes: z.number().int().min(1_000).max(64_000_000).default(2_000_000),
    ...common,
  }),
  z.strictObject({ kind: z.literal("wrong-types"), frames, ...common }),
  /** Aggregated trades with bytes changed at random, see `fuzzed-frame.ts`. */
  z.strictObject({
    kind: z.literal("fuzzed"),
    frames,
    seed: z.number().int().min(0).default(1),
    ...common,
  }),
  /** An event of a kind that nobody knows before the frame. */
  z.strictObject({ kind: z.literal("unknown-event"), frames, ...common }),
  /** Acknowledged, but nothing comes. */
  z.strictObject({ kind: z.literal("silent"), ...common }),
  z.strictObject({
    kind: z.literal("close"),
    /** 1006: the socket ends without a word; 1001 with one; reset: RST. */
    how: z.enum(["1006", "1001", "reset"]).default("1006"),
    ...common,
  }),
  /** The socket stays, but nothing comes any more, not even a pong or a FIN. */
  z.strictObject({ kind: z.literal("half-open"), ...common }),
  z.strictObject({ kind: z.literal("refuse-connections"), ...common }),
  /** The event, and after so long the end of the connections. */
  z.strictObject({
    kind: z.literal("server-shutdown"),
    closeAfterMs: z.number().int().min(0).default(10_000),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("rest-error"),
    status: z.number().int().min(400).max(599).default(503),
    requests,
    ...common,
  }),
  /** No answer until the client gives up or so long has passed. */
  z.strictObject({
    kind: z.literal("rest-timeout"),
    holdMs: z.number().int().positive().default(10_000),
    requests,
    ...common,
  }),
  z.strictObject({
    kind: z.literal("rest-429"),
    retryAfterSeconds: z.number().int().min(0).default(1),
    requests,
    ...common,
  }),
  z.strictObject({ kind: z.literal("rest-ban"), banMs: z.number().int().positive(), ...common }),
  /** The symbol of the target stops trading; with a duration it trades again afterwards. */
  z.strictObject({
    kind: z.literal("symbol-status"),
    status: z.enum(["HALT", "BREAK", "CANCEL_ONLY", "DELISTED", "TRADING"]).default("HALT"),
    ...common,
  }),
  /** The rules of the symbol of the target change while everybody is connected. */
  z.strictObject({ kind: z.literal("symbol-filters"), filters: FilterChange, ...common }),
  /** serverTime and event times are off by so much while it lasts; trade times stay true. */
  z.strictObject({ kind: z.literal("clock-skew"), skewMs: z.number().int(), ...common }),
]);
export type Fault = z.output<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;
export const FaultKind = z.enum(Fault.options.map(({ shape }) => shape.kind.value));
export type FaultKind = Fault["kind"];
export type FaultTarget = z.output<typeof Target>;
