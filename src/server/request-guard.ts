import { AppError } from "#contracts/error-code.ts";
import { isLoopback } from "#contracts/loopback.ts";
import type { ServerEnv } from "./env.ts";

/** Origins from which the interface may send: its public address, and on this machine both its names. */
export function allowedOrigins(env: Pick<ServerEnv, "NEXTAUTH_URL">): readonly string[] {
  const url = new URL(env.NEXTAUTH_URL);
  if (!isLoopback(url.hostname)) return [url.origin];
  const port = url.port === "" ? "" : `:${url.port}`;
  const names = ["127.0.0.1", "localhost", "[::1]", url.hostname];
  return [...new Set(names.map((name) => `${url.protocol}//${name}${port}`))];
}

/**
 * That a request comes from the interface itself and not from a page of somebody else (ASVS 3.5).
 *
 * A missing Origin is refused too: browsers send one with every POST. A page of another site cannot
 * set the content type or the header without asking first, and is answered no.
 *
 * @throws {AppError} forbidden
 */
export function requireOwnOrigin(
  headers: Headers,
  env: Pick<ServerEnv, "NEXTAUTH_URL">,
  contentType?: "application/json" | "application/octet-stream",
): void {
  const origin = headers.get("origin");
  if (origin === null || !allowedOrigins(env).includes(origin)) {
    throw new AppError("forbidden", "The request does not come from Pairdesk's own pages");
  }
  if (contentType === undefined) return;
  const sent = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (sent !== contentType || headers.get("x-pairdesk") !== "1") {
    throw new AppError("forbidden", "The request was not made by Pairdesk's own code");
  }
}

/**
 * That a reading request does not come from a page of somebody else, whose streams would take the place of the
 * person's own. Browsers send no Origin with a GET to the same origin, so its absence says nothing; where it, or
 * Sec-Fetch-Site, is sent, it is believed.
 *
 * @throws {AppError} forbidden
 */
export function refuseOtherSites(headers: Headers, env: Pick<ServerEnv, "NEXTAUTH_URL">): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isOther = site !== null && site !== "same-origin" && site !== "none";
  if (isOther || (origin !== null && !allowedOrigins(env).includes(origin))) {
    throw new AppError("forbidden", "The request does not come from Pairdesk's own pages");
  }
}

/**
 * That a body says that it is no larger than anything that is sent here: it is held in memory as a whole.
 *
 * @throws {AppError} too-large
 */
export function requireBodyWithin(headers: Headers, bytesMax: number): void {
  const declared = Number(headers.get("content-length") ?? 0);
  if (declared <= bytesMax) return;
  throw new AppError("too-large", "The request is larger than anything that is sent here");
}
