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
  z.strictObject({
    kind: z.literal("pair"),
    watchedPairId: z.uuid("Choose a pair"),
    metric: PairMetric,
  }),
  z.strictObject({
    kind: z.literal("feed"),
    instrumentId: InstrumentId,
    metric: z.enum(["feed-gap", "feed-silence", "price"]),
  }),
  z.strictObject({ kind: z.literal("job"), metric: z.enum(["job-failed", "job-succeeded"]) }),
]);
export type AlertSubject = z.infer<typeof AlertSubject>;

/** What an alert remembers of the moment besides its columns; `jobId` is null but for job rules. */
export const AlertDetail = z.object({
  value: z.number().nullable(),
  threshold: z.number(),
  jobId: z.uuid().nullable(),
});
export type AlertDetail = z.infer<typeof AlertDetail>;

const Figure = z.number({ error: "must be a number" }).min(-1e12).max(1e12);

const AlertRuleFields = z.strictObject({
  name: plainLine(80).min(1, "Give the rule a name"),
  subject: AlertSubject,
  operator: AlertOperator,
  threshold: Figure,
  /** How far back beyond the threshold the value must go before the rule can be raised again. */
  hysteresis: Figure.min(0),
  /** Time after an alert in which the rule raises no other; a crossing that lasts is raised at its end. */
  cooldownMs: z
    .number({ error: "must be a number" })
    .int()
    .min(0)
    .max(7 * 86_400_000),
  severity: AlertSeverity,
  channelIds: z.array(z.uuid()).max(10),
  isEnabled: z.boolean(),
});

/** A rule as a person writes it. Of a job rule, operator, threshold and hysteresis mean nothing. */
export const AlertRuleInput = AlertRuleFields.check(({ value, issues }) => {
  const { subject, operator, threshold, hysteresis } = value;
  if (subject.kind === "job" || operator !== "absolute-above") return;
  if (threshold < 0) {
    const message = "must not be negative: an absolute value never is";
    issues.push({ code: "custom", path: ["threshold"], message, input: threshold });
  } else if (hysteresis > threshold) {
    const message = "must not exceed the threshold: the rule would never be armed again";
    issues.push({ code: "custom", path: ["hysteresis"], message, input: hysteresis });
  }
});
export type AlertRuleInput = z.infer<typeof AlertRuleInput>;

export const AlertRuleView = AlertRuleFields.extend({
  id: z.uuid(),
  /** The subject in words: "BTCUSDT / ETHUSDT (1m)". */
  subjectTitle: z.string(),
  /** Whether a program generated the prices that it looks at. */
  synthetic: z.boolean(),
  /** Whether what the rule looks at is still there: a pair may be watched no longer. */
  hasSubject: z.boolean(),
  state: z.enum(["armed", "raised"]),
  lastValue: z.number().nullable(),
  lastFiredAtMs: z.number().nullable(),
  /** Alerts that it ever raised, those included that are no longer kept. */
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

/** What a channel keeps sealed, as JSON; the address of an e-mail and the chat are no secrets. */
export const AlertChannelSecret = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), url: z.url(), signingSecret: z.string().min(1) }),
  z.strictObject({ kind: z.literal("telegram"), botToken: z.string().min(1) }),
]);
export type AlertChannelSecret = z.infer<typeof AlertChannelSecret>;

export const AlertChannelView = z.object({
  id: z.uuid(),
  kind: z.enum(["email", "webhook", "telegram"]),
  name: z.string(),
  /** Address or chat; of a webhook its host and the end of its path, which may be a secret. */
  target: z.string(),
  createdAtMs: z.number(),
  pendingCount: z.number().int(),
  deadCount: z.number().int(),
  lastError: z.string().nullable(),
  /** The last test message, null when none was asked for. */
  test: z
    .object({
      state: z.enum(["pending", "sent", "failed"]),
      error: z.string().nullable(),
      atMs: z.number(),
    })
    .nullable(),
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
  /** Whether a program generated the prices that it is about. */
  synthetic: z.boolean(),
  value: z.number().nullable(),
  threshold: z.number(),
  /** Where to look: a path of the application. */
  href: z.string().nullable(),
  firedAtMs: z.number(),
  acknowledgedAtMs: z.number().nullable(),
  deliveries: z.array(AlertDeliveryView),
});
export type Alert = z.infer<typeof Alert>;

/** A page of the history: the newest first, from before `beforeSeq`. */
export const AlertHistoryRequest = z.strictObject({
  ruleId: z.uuid().nullable().default(null),
  severity: AlertSeverity.nullable().default(null),
  unacknowledgedOnly: z.boolean().default(false),
  beforeSeq: z.number().int().positive().nullable().default(null),
  limit: z.number().int().min(1).max(100).default(50),
});
export type AlertHistoryRequest = z.infer<typeof AlertHistoryRequest>;

/** `nextBeforeSeq` asks for the next page; null on the last one. */
export const AlertPage = z.object({
  alerts: z.array(Alert),
  nextBeforeSeq: z.number().int().nullable(),
});
export type AlertPage = z.infer<typeof AlertPage>;

/** One alert, or all up to the newest that the person has seen. */
export const AlertAcknowledgement = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("one"), id: z.uuid() }),
  z.strictObject({ kind: z.literal("all"), untilSeq: z.number().int().nonnegative() }),
]);
export type AlertAcknowledgement = z.infer<typeof AlertAcknowledgement>;
