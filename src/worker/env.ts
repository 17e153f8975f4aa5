import os from "node:os";
import process from "node:process";
import { z } from "zod";
import { BAR_QUOTA } from "#db/bar-quota.ts";
import { ALERT_ENV, alertEnvFaults } from "./alerts/alert-env.ts";
import { FeedEnv } from "./feed/feed-env.ts";
import { LIVE_TIMES } from "./live/live-times.ts";

const MEBIBYTE = 1024 * 1024;
const COMPUTE_THREADS_DEFAULT = Math.min(2, os.availableParallelism());

/** What a worker process does: follow the market, compute live pairs, or take jobs. */
export const WORKER_ROLES = ["feed", "live", "jobs"] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];

const Roles = z
  .string()
  .default(WORKER_ROLES.join())
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(WORKER_ROLES)).min(1));

/** Configuration of a worker process. `.env.example` says what each variable does. */
const WorkerEnv = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }),
    LOG_LEVEL: z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
      .default("info"),
    WORKER_ROLES: Roles,
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(32).default(2),
    COMPUTE_THREADS: z.coerce.number().int().min(1).max(64).default(COMPUTE_THREADS_DEFAULT),
    UPLOAD_EXPANDED_MAX_BYTES: z.coerce
      .number()
      .int()
      .positive()
      .default(1024 * MEBIBYTE),
    BARS_MAX: z.coerce.number().int().positive().default(BAR_QUOTA.barsMax),
    GUEST_BARS_MAX: z.coerce.number().int().positive().default(BAR_QUOTA.guestBarsMax),
    LIVE_LEASE_MS: z.coerce.number().int().min(500).default(LIVE_TIMES.leaseMs),
    LIVE_STALE_AFTER_MS: z.coerce.number().int().min(100).default(LIVE_TIMES.staleAfterMs),
    ...ALERT_ENV,
    ...FeedEnv.shape,
  })
  .check(({ value, issues }) => {
    for (const { path, message } of alertEnvFaults(value)) {
      issues.push({ code: "custom", path: [path], message, input: value });
    }
  });
export type WorkerEnv = z.infer<typeof WorkerEnv>;

/** @throws {Error} naming each variable that is missing or wrong */
export function readWorkerEnv(variables: NodeJS.ProcessEnv = process.env): WorkerEnv {
  // An empty variable means the same as none.
  const given = Object.entries(variables).filter(([, value]) => value !== "");
  const parsed = WorkerEnv.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  throw new Error(`The worker cannot start: ${faults.join("; ")}`);
}
