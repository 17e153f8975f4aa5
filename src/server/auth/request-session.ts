import type { Database } from "#db/client.ts";
import { type OpenSession, openSession } from "#db/sessions.ts";
import type { ServerEnv } from "../env.ts";
import { sessionTokenOf } from "./session-cookie.ts";
import { tokenHash } from "./session-token.ts";

/** Session that a request came with, checked against the database; null when it is signed out. */
export async function requestSession(
  database: Database,
  env: Pick<ServerEnv, "NEXTAUTH_URL" | "NEXTAUTH_SECRET">,
  headers: Headers,
): Promise<OpenSession | null> {
  const token = await sessionTokenOf(env, headers);
  return token === null ? null : openSession(database, tokenHash(token));
}
