import { createHash } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";
import type { Database } from "#db/client.ts";
import { type RateLimit, takeRateLimit } from "#db/rate-limits.ts";
import type { ServerEnv } from "./env.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What is limited, and how tightly. Far above what a person does, far below what guessing needs. */
const RULES = {
  "sign-in-account": { limit: 10, windowMs: 15 * MINUTE_MS },
  // Whoever guesses from many addresses; so loose that it is hard to lock somebody out with it.
  "sign-in-account-everywhere": { limit: 100, windowMs: HOUR_MS },
  "sign-in-address": { limit: 60, windowMs: 15 * MINUTE_MS },
  "sign-in-all": { limit: 600, windowMs: MINUTE_MS },
  "sign-up-address": { limit: 20, windowMs: HOUR_MS },
  "demo-address": { limit: 60, windowMs: HOUR_MS },
  "change-password-user": { limit: 10, windowMs: 15 * MINUTE_MS },
  "upload-workspace": { limit: 1_000, windowMs: HOUR_MS },
  "job-workspace": { limit: 300, windowMs: HOUR_MS },
  "chart-user": { limit: 1_000, windowMs: 10 * MINUTE_MS },
  // Up to six curves read and redrawn hundreds of times on the web's own thread.
  "compare-user": { limit: 120, windowMs: 10 * MINUTE_MS },
  "share-create-workspace": { limit: 100, windowMs: HOUR_MS },
  "share-open-address": { limit: 600, windowMs: 10 * MINUTE_MS },
  // A verification is a whole run, paid for by whoever made the link.
  "share-verify-address": { limit: 20, windowMs: HOUR_MS },
  "share-verify-link": { limit: 20, windowMs: HOUR_MS },
  "alert-rule-workspace": { limit: 300, windowMs: HOUR_MS },
  "alert-channel-workspace": { limit: 60, windowMs: HOUR_MS },
  "alert-test-workspace": { limit: 20, windowMs: HOUR_MS },
  "alert-retry-workspace": { limit: 300, windowMs: HOUR_MS },
  "gap-again-workspace": { limit: 30, windowMs: HOUR_MS },
  "export-workspace": { limit: 120, windowMs: HOUR_MS },
} as const satisfies Record<string, RateLimit>;
export type RateLimitRule = keyof typeof RULES;

/**
 * Takes one use of a limit.
 *
 * @param subject whom the limit is for; hashed, so that the table holds no address or e-mail
 * @throws {AppError} rate-limited, saying when to try again
 */
export async function requireRateLimit(
  database: Database,
  env: Pick<ServerEnv, "RATE_LIMIT_FACTOR">,
  rule: RateLimitRule,
  subject: string,
): Promise<void> {
  const { limit, windowMs } = RULES[rule];
  const key = `${rule}:${createHash("sha256").update(subject).digest("base64url")}`;
  const scaled = { limit: Math.max(1, Math.floor(limit * env.RATE_LIMIT_FACTOR)), windowMs };
  const { allowed, retryAfterMs } = await takeRateLimit(database, key, scaled);
  if (allowed) return;
  const minutes = Math.max(1, Math.ceil(retryAfterMs / MINUTE_MS));
  throw new AppError(
    "rate-limited",
    `Too many attempts: try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}`,
  );
}
