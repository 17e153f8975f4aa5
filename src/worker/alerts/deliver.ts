import { randomUUID } from "node:crypto";
import { AlertChannelSecret } from "#contracts/alert.ts";
import { alertHref } from "#contracts/alert-href.ts";
import type { ClaimedDelivery, DeliveryChannel } from "#db/alert-deliveries.ts";
import { type Keyring, openSecret } from "#db/secret-box.ts";
import type { AlertEnv } from "./alert-env.ts";
import type { AlertNote } from "./alert-note.ts";
import { DeliveryError } from "./delivery-error.ts";
import { createMailer, type Mailer } from "./send-email.ts";
import { sendTelegram } from "./send-telegram.ts";
import { sendWebhook } from "./send-webhook.ts";

/** Sends messages to channels of every kind. */
export type Courier = {
  /** @throws {DeliveryError} */
  readonly send: (channel: DeliveryChannel, note: AlertNote) => Promise<void>;
  readonly close: () => void;
};

export function createCourier(env: AlertEnv): Courier {
  const mailer = mailerOf(env);
  return {
    send: async (channel, note) => {
      switch (channel.kind) {
        case "email": {
          if (mailer === null) throw new DeliveryError("SMTP_URL is not set");
          return mailer.send(channel.target, note);
        }
        case "webhook": {
          const secret = secretOf(env.SECRETS_KEY, channel);
          if (secret.kind !== "webhook") throw unreadable();
          return sendWebhook(secret, note, { allow: env.WEBHOOK_ALLOW });
        }
        case "telegram": {
          const secret = secretOf(env.SECRETS_KEY, channel);
          if (secret.kind !== "telegram") throw unreadable();
          const to = { botToken: secret.botToken, chatId: channel.target };
          return sendTelegram(to, note, { apiUrl: env.TELEGRAM_API_URL });
        }
      }
    },
    close: () => mailer?.close(),
  };
}

function mailerOf({ SMTP_URL, SMTP_FROM }: AlertEnv): Mailer | null {
  if (SMTP_URL === undefined || SMTP_FROM === undefined) return null;
  return createMailer(SMTP_URL, SMTP_FROM);
}

function secretOf(keyring: Keyring | null, channel: DeliveryChannel): AlertChannelSecret {
  if (keyring === null) throw new DeliveryError("SECRETS_KEY is not set");
  if (channel.secret === null) throw unreadable();
  const owner = { workspaceId: channel.workspaceId, recordId: channel.channelId };
  try {
    return AlertChannelSecret.parse(JSON.parse(openSecret(keyring, owner, channel.secret)));
  } catch {
    // The error could repeat what it could not read.
    throw unreadable();
  }
}

function unreadable(): DeliveryError {
  return new DeliveryError("the channel's secret cannot be read: make the channel anew");
}

/** What an alert says. @param baseUrl where links lead; undefined: there are none */
export function noteOf(delivery: ClaimedDelivery, baseUrl: string | undefined): AlertNote {
  const { alertId, ruleName, severity, message, detail, firedAtMs, subject, watchedPairId } =
    delivery;
  return {
    id: alertId,
    kind: "alert",
    ruleName,
    severity,
    message,
    value: detail.value,
    threshold: subject.kind === "job" ? null : detail.threshold,
    firedAtMs,
    link: baseUrl === undefined ? null : new URL(alertHref(subject, watchedPairId), baseUrl).href,
  };
}

/** What a test message says. */
export function testNote(nowMs: number, baseUrl: string | undefined): AlertNote {
  return {
    id: randomUUID(),
    kind: "test",
    ruleName: "",
    severity: "info",
    message: "This is a test message of Pairdesk: alerts will arrive here",
    value: null,
    threshold: null,
    firedAtMs: nowMs,
    link: baseUrl === undefined ? null : new URL("/alerts", baseUrl).href,
  };
}
