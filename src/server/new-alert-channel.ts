import { randomUUID } from "node:crypto";
import { lookup } from "node:dns/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { AlertChannelInput, AlertChannelSecret } from "#contracts/alert.ts";
import { AppError } from "#contracts/error-code.ts";
import { isPublicAddress } from "#contracts/public-address.ts";
import {
  isAllowedWebhook,
  maskedWebhookUrl,
  PRIVATE_ADDRESS,
  webhookUrlProblem,
} from "#contracts/webhook-url.ts";
import { createAlertChannel } from "#db/alert-channels.ts";
import type { Database } from "#db/client.ts";
import { sealSecret } from "#db/secret-box.ts";
import { newToken } from "./auth/session-token.ts";
import type { ServerEnv } from "./env.ts";

/** A name server that does not answer must not hold up whoever makes a channel. */
const LOOKUP_MS_MAX = 2_000;

type ChannelEnv = Pick<ServerEnv, "SECRETS_KEY" | "SMTP_URL" | "WEBHOOK_ALLOW">;

/**
 * Makes a channel; what of it is secret is sealed here and opened by the worker alone.
 *
 * @returns the secret that signs a webhook, which is shown this once; null for other kinds
 * @throws {AppError} invalid-input by field; forbidden; unavailable without SECRETS_KEY; conflict when
 *   there are too many
 */
export async function newAlertChannel(
  { database, env }: { readonly database: Database; readonly env: ChannelEnv },
  viewer: { readonly workspaceId: string; readonly isGuest: boolean },
  input: AlertChannelInput,
): Promise<{ id: string; signingSecret: string | null }> {
  const id = randomUUID();
  const { workspaceId } = viewer;
  const seal = (secret: AlertChannelSecret): Buffer => {
    if (env.SECRETS_KEY === null) {
      throw new AppError(
        "unavailable",
        "This installation has no key to keep secrets: SECRETS_KEY",
      );
    }
    return sealSecret(env.SECRETS_KEY, { workspaceId, recordId: id }, JSON.stringify(secret));
  };
  const store = (target: string, secret: Buffer | null) => {
    const { kind, name } = input;
    return createAlertChannel(database, workspaceId, { id, kind, name, target, secret });
  };
  switch (input.kind) {
    case "email": {
      requireEmail(env, viewer);
      await store(input.address, null);
      return { id, signingSecret: null };
    }
    case "webhook": {
      await requirePublicUrl(input.url, env.WEBHOOK_ALLOW);
      const signingSecret = `whsec_${newToken()}`;
      const sealed = seal({ kind: "webhook", url: input.url, signingSecret });
      await store(maskedWebhookUrl(input.url), sealed);
      return { id, signingSecret };
    }
    case "telegram": {
      await store(input.chatId, seal({ kind: "telegram", botToken: input.botToken }));
      return { id, signingSecret: null };
    }
  }
}

function requireEmail(env: ChannelEnv, { isGuest }: { readonly isGuest: boolean }): void {
  if (env.SMTP_URL === undefined) {
    throw new AppError("invalid-input", "This installation sends no e-mail: SMTP_URL is not set", {
      field: "kind",
    });
  }
  // Anybody can be a guest, and would send mail to anybody.
  if (isGuest) throw new AppError("forbidden", "Guests send no e-mail: sign up first");
}

/**
 * Refuses what is private as soon as it is typed. The worker checks again at each connection, which is what
 * counts; so a name that cannot be looked up now is let through.
 */
async function requirePublicUrl(text: string, allow: readonly string[]): Promise<void> {
  const fail = (problem: string) => {
    throw new AppError("invalid-input", `The address ${problem}`, { field: "url" });
  };
  const problem = webhookUrlProblem(text, allow);
  if (problem !== null) fail(problem);
  const url = new URL(text);
  if (isAllowedWebhook(url, allow)) return;
  const addresses = await Promise.race([
    lookup(url.hostname.replace(/^\[|\]$/g, ""), { all: true }).catch(() => []),
    delay(LOOKUP_MS_MAX, [], { ref: false }),
  ]);
  if (!addresses.every(({ address }) => isPublicAddress(address))) fail(PRIVATE_ADDRESS);
}
