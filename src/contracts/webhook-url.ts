import { z } from "zod";
import { isLoopback } from "./loopback.ts";
import { isPublicAddress } from "./public-address.ts";

/**
 * WEBHOOK_ALLOW: `127.0.0.1:PORT` of endpoints on this machine that may be called besides, over plain
 * http too; several separated by commas. Nothing but a loopback address can be let in this way.
 */
export const WebhookAllow = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((part) => part.trim() || []))
  .refine(
    (parts) => parts.every((part) => /^(127(\.\d{1,3}){3}|\[::1\]):\d{1,5}$/.test(part)),
    "must be 127.0.0.1:PORT, or several of these separated by commas",
  );

/**
 * Whether WEBHOOK_ALLOW may be honoured: it is for tests, and whoever could make a real deployment call
 * its own machine would be past its firewall.
 *
 * `npm start` runs with NODE_ENV=production even on a developer's machine, so that variable alone cannot
 * tell. The public address can: the one of a real deployment is not a loopback address, because cookies
 * and the check of origins hang on it, and a web process with another one serves nobody but this machine.
 *
 * @param nextauthUrl undefined for a worker that is not told
 */
export function mayAllowLoopbackWebhooks(
  nextauthUrl: string | undefined,
  nodeEnv: string | undefined,
): boolean {
  if (nextauthUrl === undefined) return nodeEnv !== "production";
  return URL.canParse(nextauthUrl) && isLoopback(new URL(nextauthUrl).hostname);
}

/** What to say when it may not. */
export const WEBHOOK_ALLOW_REFUSED =
  "is for tests on one machine: it is refused unless NEXTAUTH_URL is a loopback address";

/**
 * What is wrong with a webhook's address, as far as the text tells; what its name resolves to is checked
 * when the connection is made.
 *
 * @param allow WEBHOOK_ALLOW, parsed
 * @returns null when nothing is
 */
export function webhookUrlProblem(text: string, allow: readonly string[]): string | null {
  if (!URL.canParse(text)) return "is not an address";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "must not contain a name or password";
  if (isAllowedWebhook(url, allow)) return null;
  // The parser has written every other spelling of an address (decimal, hexadecimal, short) with dots.
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isNumeric = host.includes(":") || /^[\d.]+$/.test(host);
  if (isNumeric && !isPublicAddress(host)) return PRIVATE_ADDRESS;
  if (/(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/.test(host))
    return PRIVATE_ADDRESS;
  if (url.protocol !== "https:") return "must begin with https://";
  if (url.port !== "") return "must use port 443";
  return null;
}

/** The words for an address that is not on the public internet. */
export const PRIVATE_ADDRESS = "is a private address, which alerts are not sent to";

/** Whether WEBHOOK_ALLOW names the endpoint: by exactly its numeric address and port. */
export function isAllowedWebhook(url: URL, allow: readonly string[]): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return /^https?:$/.test(url.protocol) && allow.includes(`${url.hostname}:${port}`);
}

/** A webhook's address as it may be shown: paths of some services (Slack, Discord) are secrets. */
export function maskedWebhookUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  const rest = `${pathname}${search}`;
  return rest.length <= 12 ? `${origin}${rest}` : `${origin}/…${rest.slice(-4)}`;
}
