import { createHmac } from "node:crypto";
import type { AlertNote } from "./alert-note.ts";
import { DeliveryError, retryAfterMs } from "./delivery-error.ts";
import { guardedPost, type Resolve } from "./guarded-post.ts";

/**
 * Signature of a body: `t=SECONDS,v1=HEX`, HMAC-SHA256 of `SECONDS.BODY` under the channel's secret. A
 * receiver computes it anew, compares in constant time, and refuses a time more than five minutes off, so
 * that a recorded request cannot be sent again later.
 */
export function webhookSignature(secret: string, body: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${mac}`;
}

/** The body of a webhook. */
export function webhookBody(note: AlertNote): string {
  const { id, kind, ruleName, severity, message, value, threshold, firedAtMs, link } = note;
  const firedAt = new Date(firedAtMs).toISOString();
  return JSON.stringify({
    id,
    kind,
    rule: ruleName,
    severity,
    message,
    value,
    threshold,
    firedAt,
    url: link,
  });
}

/** @throws {DeliveryError} */
export async function sendWebhook(
  { url, signingSecret }: { readonly url: string; readonly signingSecret: string },
  note: AlertNote,
  options: { readonly allow: readonly string[]; readonly resolve?: Resolve },
): Promise<void> {
  const body = webhookBody(note);
  const nowMs = Date.now();
  const post = {
    url,
    body,
    allow: options.allow,
    headers: {
      "content-type": "application/json",
      "user-agent": "Pairdesk",
      "idempotency-key": note.id,
      "pairdesk-alert-id": note.id,
      "pairdesk-signature": webhookSignature(signingSecret, body, nowMs),
    },
  };
  const { status, retryAfter } = await guardedPost(post, options.resolve);
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    throw new DeliveryError(`it answered ${status}: redirects are not followed`);
  }
  throw new DeliveryError(`it answered ${status}`, {
    // 410 Gone: the receiver says that it is not coming back.
    isFinal: status === 410,
    retryAfterMs: retryAfterMs(retryAfter, nowMs),
  });
}
