import { z } from "zod";
import { InstrumentId } from "./instrument-id.ts";
import { plainLine } from "./plain-text.ts";

export const AlertSeverity = z.enum(["info", "warning", "critical"]);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** Crossing upwards, downwards, or of the absolute value. */
export const AlertOperator = z.enum(["above", "below", "absolute-above"]);
export type AlertOperator = z.infer<typeof AlertOperator>;

export const PairMetric = z.enum([
  "z-score",
  "spread",
  "correlation",
  "adf-p-value",
  "hedge-ratio",
  "hedge-drift",
  "half-life",
]);
export type PairMetric = z.infer<typeof PairMetric>;

/** What a rule looks at. "feed-gap" is the number of trades that are missing; "feed-silence" seconds without a trade. */
export const AlertSubject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pair"), watchedPairId: z.uuid(), metric: PairMetric }),
  z.strictObject({
    kind: z.literal("feed"),
    instrumentId: InstrumentId,
    metric: z.enum(["feed-gap", "feed-silence", "price"]),
  }),
  z.strictObject({ kind: z.literal("job"), metric: z.enum(["job-failed", "job-succeeded"]) }),
]);
export type AlertSubject = z.infer<typeof AlertSubject>;

const Figure = z.number({ error: "must be a number" }).min(-1e12).max(1e12);

/** A rule as a person writes it. */
export const AlertRuleInput = z.strictObject({
  name: plainLine(80).min(1, "Give the rule a name"),
  subject: AlertSubject,
  operator: AlertOperator,
  threshold: Figure,
  /** How far back beyond the threshold the value must go before the rule can be raised again. */
  hysteresis: Figure.min(0),
  cooldownMs: z
    .number()
    .int()
    .min(0)
    .max(7 * 86_400_000),
  severity: AlertSeverity,
  channelIds: z.array(z.uuid()).max(10),
  isEnabled: z.boolean(),
});
export type AlertRuleInput = z.infer<typeof AlertRuleInput>;

export const AlertRuleView = AlertRuleInput.extend({
  id: z.uuid(),
  /** The subject in words: "BTCUSDT / ETHUSDT (1m)". */
  subjectTitle: z.string(),
  state: z.enum(["armed", "raised"]),
  lastValue: z.number().nullable(),
  lastFiredAtMs: z.number().nullable(),
  alertCount: z.number().int(),
  createdAtMs: z.number(),
});
export type AlertRuleView = z.infer<typeof AlertRuleView>;

/** Where alerts go besides the page itself. Secrets travel in, never out. */
export const AlertChannelInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("email"),
    name: plainLine(80).min(1, "Give the channel a name"),
    address: z.email(),
  }),
  z.strictObject({
    kind: z.literal("webhook"),
    name: plainLine(80).min(1, "Give the channel a name"),
    url: z.url({ protocol: /^https?$/, error: "must be an http or https address" }).max(2_000),
  }),
  z.strictObject({
    kind: z.literal("telegram"),
    name: plainLine(80).min(1, "Give the channel a name"),
    chatId: z.string().regex(/^-?\d{1,20}$|^@\w{4,40}$/, "must be a chat's number or @name"),
    botToken: z.string().regex(/^\d{5,12}:[\w-]{30,60}$/, "is not a bot token"),
  }),
]);
export type AlertChannelInput = z.infer<typeof AlertChannelInput>;

export const AlertChannelView = z.object({
  id: z.uuid(),
  kind: z.enum(["email", "webhook", "telegram"]),
  name: z.string(),
  /** Address, URL or chat. */
  target: z.string(),
  createdAtMs: z.number(),
  pendingCount: z.number().int(),
  deadCount: z.number().int(),
  lastError: z.string().nullable(),
});
export type AlertChannelView = z.infer<typeof AlertChannelView>;

export const AlertDeliveryView = z.object({
  channelId: z.uuid(),
  channelName: z.string(),
  channelKind: z.enum(["email", "webhook", "telegram"]),
  state: z.enum(["pending", "sent", "dead"]),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  sentAtMs: z.number().nullable(),
  nextAttemptAtMs: z.number().nullable(),
});
export type AlertDeliveryView = z.infer<typeof AlertDeliveryView>;

/** One alert: raised exactly once for a crossing. `seq` grows, so that a reader can go on where it was. */
export const Alert = z.object({
  id: z.uuid(),
  seq: z.number().int(),
  ruleId: z.uuid(),
  ruleName: z.string(),
  severity: AlertSeverity,
  message: z.string(),
  value: z.number().nullable(),
  threshold: z.number(),
  /** Where to look: a path of the application. */
  href: z.string().nullable(),
  firedAtMs: z.number(),
  acknowledgedAtMs: z.number().nullable(),
  deliveries: z.array(AlertDeliveryView),
});
export type Alert = z.infer<typeof Alert>;
