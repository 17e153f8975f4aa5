// A POST to an address that a person has typed, from inside our network. What may be reached is decided at
// the moment of the connection, on the numeric address that is then connected to: a name that resolves to
// something else a moment later (DNS rebinding) changes nothing.
import { lookup as systemLookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "#contracts/public-address.ts";
import { isAllowedWebhook, PRIVATE_ADDRESS, webhookUrlProblem } from "#contracts/webhook-url.ts";
import { connectionFault, DeliveryError } from "./delivery-error.ts";

/** Connection, handshake, request and reply together. */
const TIMEOUT_MS = 5_000;

/** So much of a reply is read, and thrown away: a friendly end of the connection needs no more. */
const REPLY_BYTES_MAX = 64 * 1024;

/** All addresses of a name. */
export type Resolve = (
  hostname: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export type GuardedPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** WEBHOOK_ALLOW, parsed. */
  readonly allow: readonly string[];
};

export type PostReply = { readonly status: number; readonly retryAfter: string | undefined };

const resolveBySystem: Resolve = (hostname) =>
  systemLookup(hostname, { all: true, order: "verbatim" });

/**
 * Sends a POST to a public address over https, or to one that WEBHOOK_ALLOW names. Redirects are replies
 * like any other and are not followed; the reply's body is seen by nobody.
 *
 * @throws {DeliveryError} an address that is not allowed (final), or a connection that did not work
 */
export async function guardedPost(
  { url: text, headers, body, allow }: GuardedPost,
  resolve: Resolve = resolveBySystem,
): Promise<PostReply> {
  const problem = webhookUrlProblem(text, allow);
  if (problem !== null) throw new DeliveryError(`the address ${problem}`, { isFinal: true });
  const url = new URL(text);
  const isAllowed = isAllowedWebhook(url, allow);
  const { request } = url.protocol === "https:" ? https : http;
  const { promise, resolve: answer, reject } = Promise.withResolvers<http.IncomingMessage>();
  const outgoing = request(url, {
    method: "POST",
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    // A connection of its own: one that was kept open was checked at another time.
    agent: false,
    lookup: guardedLookup(resolve),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    maxHeaderSize: 16 * 1024,
  });
  outgoing.on("response", answer);
  outgoing.on("error", reject);
  outgoing.on("socket", (socket) => {
    // A numeric address in the URL is not looked up; whatever way it went, this is where it ended.
    socket.on("connect", () => {
      if (isAllowed || isPublicAddress(socket.remoteAddress ?? "")) return;
      outgoing.destroy(refused());
    });
  });
  outgoing.end(body);
  try {
    const reply = await promise;
    await drain(reply);
    return { status: reply.statusCode ?? 0, retryAfter: reply.headers["retry-after"] };
  } catch (error) {
    throw connectionFault(error);
  }
}

/** Looks a name up for a connection, and refuses when any of its addresses is not public. */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    const fail = (error: NodeJS.ErrnoException) => callback(error, "", 0);
    resolve(hostname).then((addresses) => {
      const [first] = addresses;
      if (first === undefined) fail(new DeliveryError("the name has no address"));
      else if (!addresses.every(({ address }) => isPublicAddress(address))) fail(refused());
      else if (options.all) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    }, fail);
  };
}

function refused(): DeliveryError {
  return new DeliveryError(`the address ${PRIVATE_ADDRESS}`, { isFinal: true });
}

/** Waits for the end of a reply, or for as much of it as is too much; how it ends is of no interest. */
function drain(reply: http.IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    reply.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > REPLY_BYTES_MAX) reply.destroy();
    });
    // The status has come, so that an abort now is no failure.
    reply.on("error", () => undefined);
    reply.on("close", resolve);
  });
}
