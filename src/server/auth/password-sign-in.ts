import { z } from "zod";
import { Email } from "#contracts/account.ts";
import { type AccountHome, credentialsOf, storePasswordHash } from "#db/accounts.ts";
import type { Database } from "#db/client.ts";
import type { ServerEnv } from "../env.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { hashPassword, needsRehash, verifyPassword } from "./password.ts";

const Attempt = z.object({ email: Email, password: z.string().min(1).max(256) });

/**
 * Account of an e-mail address and its password; null for a wrong one of the two, after the same work
 * and time whichever it was.
 *
 * @throws {AppError} rate-limited, before anything is hashed; unavailable
 */
export async function passwordSignIn(
  database: Database,
  env: Pick<ServerEnv, "RATE_LIMIT_FACTOR">,
  attempt: { credentials: unknown; address: string },
): Promise<AccountHome | null> {
  await requireRateLimit(database, env, "sign-in-all", "");
  await requireRateLimit(database, env, "sign-in-address", attempt.address);
  const { data } = Attempt.safeParse(attempt.credentials);
  if (data === undefined) return null;
  const { email, password } = data;
  await requireRateLimit(database, env, "sign-in-account", `${email} ${attempt.address}`);
  await requireRateLimit(database, env, "sign-in-account-everywhere", email);
  const account = await credentialsOf(database, email);
  const verified = await verifyPassword(account?.passwordHash ?? null, password);
  if (!verified || account === null) return null;
  const { userId, workspaceId, passwordHash } = account;
  if (passwordHash !== null && needsRehash(passwordHash)) {
    await storePasswordHash(database, userId, await hashPassword(password));
  }
  return { userId, workspaceId };
}
