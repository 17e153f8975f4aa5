import { z } from "zod";
import { isLoopback } from "#contracts/loopback.ts";
import {
  mayAllowLoopbackWebhooks,
  WEBHOOK_ALLOW_REFUSED,
  WebhookAllow,
} from "#contracts/webhook-url.ts";
import { SecretsKey } from "#db/secrets-key.ts";

/** A bot's token stands in the path: it must not travel in the clear. */
const TelegramApiUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .refine((text) => {
    const url = new URL(text);
    return url.protocol === "https:" || isLoopback(url.hostname);
  }, "must be https, unless it names this machine itself")
  .transform((text) => text.replace(/\/+$/, ""));

/** What a worker needs to know to deliver alerts, as a part of its configuration. */
export const ALERT_ENV = {
  NODE_ENV: z.string().optional(),
  /** Where links in messages lead; without it there are none. */
  NEXTAUTH_URL: z.url().optional(),
  SECRETS_KEY: SecretsKey,
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" })
    .optional(),
  SMTP_FROM: z.string().min(3).optional(),
  TELEGRAM_API_URL: TelegramApiUrl.default("https://api.telegram.org"),
  WEBHOOK_ALLOW: WebhookAllow,
  ALERT_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
};
export type AlertEnv = z.infer<z.ZodObject<typeof ALERT_ENV>>;

/** What does not fit together in it, by variable. */
export function alertEnvFaults(env: AlertEnv): readonly { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  if (env.WEBHOOK_ALLOW.length > 0 && !mayAllowLoopbackWebhooks(env.NEXTAUTH_URL, env.NODE_ENV)) {
    faults.push({ path: "WEBHOOK_ALLOW", message: WEBHOOK_ALLOW_REFUSED });
  }
  if (env.SMTP_URL !== undefined && env.SMTP_FROM === undefined) {
    faults.push({ path: "SMTP_FROM", message: "must be set with SMTP_URL" });
  }
  return faults;
}
