import { createHash, randomBytes } from "node:crypto";

/** How long a session can last, used or not; unused it ends sooner (see db/sessions). */
export const SESSION_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** New secret of 256 bits, base64url: a session's or a share link's. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token: SHA-256. A token is random, so a fast hash without salt is enough. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
