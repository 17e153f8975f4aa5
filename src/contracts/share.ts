import { z } from "zod";

/** A share token: 32 random bytes, base64url. */
export const ShareToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** How long a link lives, in days; null: until revoked. */
export const ShareLifetimeDays = z.number().int().min(1).max(3650).nullable();

/** Whether a link shows sizes: money and quantities as they are, not as shares of the initial equity. */
export const ShareIncludeSizes = z.boolean().default(false);

/** Whether a link shows the notes on the backtest. */
export const ShareIncludeNotes = z.boolean().default(false);

const AnyShare = z.object({
  id: z.uuid(),
  label: z.string(),
  /** "BTCUSDT / ETHUSDT", or how many pairs or instruments. */
  subject: z.string(),
  createdAtMs: z.number(),
  expiresAtMs: z.number().nullable(),
  revokedAtMs: z.number().nullable(),
  lastOpenedAtMs: z.number().nullable(),
  openCount: z.number().int(),
  state: z.enum(["active", "expired", "revoked"]),
});

/**
 * One of the person's links, to a report or to a version of a model. The token itself is shown once, at
 * creation, and stored only as a hash.
 */
export const ShareView = z.discriminatedUnion("kind", [
  AnyShare.extend({
    kind: z.literal("report"),
    backtestId: z.uuid(),
    strategyName: z.string(),
    includeSizes: z.boolean(),
    includeNotes: z.boolean(),
  }),
  AnyShare.extend({
    kind: z.literal("model"),
    modelId: z.uuid(),
    modelName: z.string(),
    modelVersion: z.number().int(),
  }),
]);
export type ShareView = z.infer<typeof ShareView>;
