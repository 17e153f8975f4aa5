import type { Viewer } from "#contracts/account.ts";
import { AppError } from "#contracts/error-code.ts";
import { passwordHashOf, storePasswordHash } from "#db/accounts.ts";
import { createSession, deleteOtherSessions } from "#db/sessions.ts";
import type { Context } from "../context.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { obviousPassword } from "./obvious-password.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { setSessionCookie } from "./session-cookie.ts";
import { newToken, SESSION_LIFETIME_MS, tokenHash } from "./session-token.ts";

/**
 * Change a person's password. Every session of theirs ends, and this browser gets a new one, so that
 * whoever had stolen a session has nothing (ASVS 7.2.4, 7.4.3).
 *
 * @throws {AppError} forbidden for who has no password; invalid-input on "current" or "next"
 */
export async function changePassword(
  ctx: Pick<Context, "database" | "env" | "userAgent" | "setCookie"> & { viewer: Viewer },
  input: { current: string; next: string },
): Promise<void> {
  const { database, env, viewer } = ctx;
  await requireRateLimit(database, env, "change-password-user", viewer.userId);
  const known = await passwordHashOf(database, viewer.userId);
  if (known === null) throw new AppError("forbidden", "This account has no password to change");
  if (!(await verifyPassword(known, input.current))) {
    throw new AppError("invalid-input", "This is not your password", { field: "current" });
  }
  const fault = obviousPassword(input.next, { email: viewer.email ?? "", name: viewer.name });
  if (fault !== null) throw new AppError("invalid-input", fault, { field: "next" });
  await storePasswordHash(database, viewer.userId, await hashPassword(input.next));
  await deleteOtherSessions(database, viewer.userId, null);
  const sessionToken = newToken();
  await createSession(database, {
    userId: viewer.userId,
    workspaceId: viewer.workspaceId,
    tokenHash: tokenHash(sessionToken),
    userAgent: ctx.userAgent,
    lifetimeMs: SESSION_LIFETIME_MS,
  });
  ctx.setCookie(await setSessionCookie(env, sessionToken));
}
