import process from "node:process";
import { z } from "zod";
import { isLoopback } from "#contracts/loopback.ts";
import {
  mayAllowLoopbackWebhooks,
  WEBHOOK_ALLOW_REFUSED,
  WebhookAllow,
} from "#contracts/webhook-url.ts";
import { BAR_QUOTA } from "#db/bar-quota.ts";
import { SecretsKey } from "#db/secrets-key.ts";

const MEBIBYTE = 1024 * 1024;

const PublicUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .refine((text) => {
    const url = new URL(text);
    return url.protocol === "https:" || isLoopback(url.hostname);
  }, "must be https, unless it names this machine itself: cookies would travel in the clear");

// An empty variable means the same as none: that is how compose files leave one out.
const OptionalText = z
  .string()
  .optional()
  .transform((text) => (text === "" ? undefined : text));

/** Configuration of the web process. `.env.example` says what each variable does. */
const ServerEnv = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }),
    NEXTAUTH_URL: PublicUrl,
    NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
    LOG_LEVEL: z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
      .default("info"),
    SIGN_UP: z.enum(["open", "closed"]).default("open"),
    UPLOAD_MAX_BYTES: z.coerce
      .number()
      .int()
      .positive()
      .default(200 * MEBIBYTE),
    UPLOAD_QUOTA_BYTES: z.coerce
      .number()
      .int()
      .positive()
      .default(2048 * MEBIBYTE),
    BARS_MAX: z.coerce.number().int().positive().default(BAR_QUOTA.barsMax),
    GUEST_BARS_MAX: z.coerce.number().int().positive().default(BAR_QUOTA.guestBarsMax),
    RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    GOOGLE_CLIENT_ID: OptionalText,
    GOOGLE_CLIENT_SECRET: OptionalText,
    GITHUB_CLIENT_ID: OptionalText,
    GITHUB_CLIENT_SECRET: OptionalText,
    SECRETS_KEY: SecretsKey,
    SMTP_URL: OptionalText,
    WEBHOOK_ALLOW: WebhookAllow,
  })
  .check((ctx) => {
    const { WEBHOOK_ALLOW, NEXTAUTH_URL, NODE_ENV, SECRETS_KEY } = ctx.value;
    if (WEBHOOK_ALLOW.length > 0 && !mayAllowLoopbackWebhooks(NEXTAUTH_URL, NODE_ENV)) {
      const message = WEBHOOK_ALLOW_REFUSED;
      ctx.issues.push({ code: "custom", path: ["WEBHOOK_ALLOW"], message, input: ctx.value });
    }
    if (SECRETS_KEY === null && NODE_ENV === "production") {
      const message = "is not set";
      ctx.issues.push({ code: "custom", path: ["SECRETS_KEY"], message, input: ctx.value });
    }
    for (const name of ["GOOGLE", "GITHUB"] as const) {
      const id = ctx.value[`${name}_CLIENT_ID`];
      const secret = ctx.value[`${name}_CLIENT_SECRET`];
      if ((id === undefined) !== (secret === undefined)) {
        ctx.issues.push({
          code: "custom",
          path: [id === undefined ? `${name}_CLIENT_ID` : `${name}_CLIENT_SECRET`],
          message: "is missing: set both or none of the two",
          input: ctx.value,
        });
      }
    }
  });
export type ServerEnv = z.infer<typeof ServerEnv>;

/** Reads the configuration; the error names every variable at fault, and no value. */
export function parseServerEnv(source: Readonly<Record<string, string | undefined>>): ServerEnv {
  const parsed = ServerEnv.safeParse(source);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return `  ${name} ${source[name] === undefined ? "is not set" : issue.message}`;
  });
  throw new Error(`The configuration of the web process is wrong:\n${faults.join("\n")}`);
}

let cached: ServerEnv | undefined;

/** Configuration of this process; read at first use, because a build has none. */
export function serverEnv(): ServerEnv {
  cached ??= parseServerEnv(process.env);
  return cached;
}

/** Cookies are Secure, and browsers are told to stay on https, when the public address is https. */
export function isHttps(env: Pick<ServerEnv, "NEXTAUTH_URL">): boolean {
  return env.NEXTAUTH_URL.startsWith("https:");
}
