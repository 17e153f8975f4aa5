import { createHmac, timingSafeEqual } from "node:crypto";

/** A signed request: query string and body as they were sent, without a separator between them. */
export type SignedRequest = { readonly query: string; readonly body: string };

/** Largest `recvWindow` that is allowed, and the one that holds when none is given. */
export const RECV_WINDOW_MS_MAX = 60_000;
export const RECV_WINDOW_MS = 5_000;

/** HMAC-SHA256 of a payload, lower-case hex. */
export function signatureOf(secret: string, payload: string): string {
  return createHmac("sha256", secret).update(payload).digest("hex");
}

/**
 * Whether the `signature` parameter signs the rest of the request. It stands last in the query or in the
 * body; the case of its hex digits does not matter.
 */
export function isSigned(secret: string, { query, body }: SignedRequest): boolean {
  const inQuery = withoutSignature(query);
  const inBody = withoutSignature(body);
  const given = inQuery.signature ?? inBody.signature;
  if (given === undefined) return false;
  const expected = Buffer.from(signatureOf(secret, inQuery.rest + inBody.rest));
  const actual = Buffer.from(given.toLowerCase());
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/**
 * Whether a request came in time: not more than a second ahead, not older than its window.
 *
 * @returns the venue's complaint, or null
 */
export function timestampFault(
  serverMs: number,
  { timestampMs, recvWindowMs = RECV_WINDOW_MS }: { timestampMs: number; recvWindowMs?: number },
): string | null {
  if (timestampMs >= serverMs + 1_000) {
    return "Timestamp for this request was 1000ms ahead of the server's time.";
  }
  return serverMs - timestampMs <= recvWindowMs
    ? null
    : "Timestamp for this request is outside of the recvWindow.";
}

function withoutSignature(text: string): { rest: string; signature: string | undefined } {
  const match = /(?:^|&)signature=([^&]*)/.exec(text);
  return { rest: match === null ? text : text.replace(match[0], ""), signature: match?.[1] };
}
