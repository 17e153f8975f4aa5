import { randomUUID } from "node:crypto";
import type { SessionView, Viewer } from "#contracts/account.ts";
import type { Database } from "./client.ts";

/** A signed-in request: which session it came with, and who asks. */
export type OpenSession = { sessionId: string; viewer: Viewer };

/** Sessions end 14 days after their last use and, used or not, at `expires_at` (ASVS 7.3). */
const IDLE_LIFETIME = "14 days";

/**
 * New session.
 *
 * @param session.tokenHash SHA-256 of the token that the browser keeps, 32 bytes
 * @param session.lifetimeMs how long it can last at most, used or not
 * @returns id of the session
 */
export async function createSession(
  database: Database,
  session: {
    tokenHash: Buffer;
    userId: string;
    workspaceId: string;
    userAgent: string;
    lifetimeMs: number;
  },
): Promise<string> {
  const id = randomUUID();
  await database.pool.query(
    `insert into session (id, token_hash, user_id, workspace_id, user_agent, expires_at)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')`,
    [
      id,
      session.tokenHash,
      session.userId,
      session.workspaceId,
      session.userAgent.slice(0, 256),
      session.lifetimeMs,
    ],
  );
  return id;
}

type ViewerRow = Omit<Viewer, "expiresAtMs"> & {
  sessionId: string;
  expiresAt: Date | null;
  seenLongAgo: boolean;
};

/** Sessions that are valid; $1 is IDLE_LIFETIME. */
const OPEN_SESSION = `session s
       join user_account u on u.id = s.user_id
       join workspace w on w.id = s.workspace_id
       join membership m on m.user_id = s.user_id and m.workspace_id = s.workspace_id
      where s.expires_at > now()
        and s.seen_at > now() - $1::interval
        and (u.expires_at is null or u.expires_at > now())
        and (w.expires_at is null or w.expires_at > now())`;

/**
 * Session of a token, while it is valid: neither revoked, idle too long nor over its lifetime, its guest
 * not expired, and its person still a member of the workspace.
 *
 * Notes the use at most once a minute, so that reading pages does not become writing rows.
 */
export async function openSession(
  database: Database,
  tokenHash: Buffer,
): Promise<OpenSession | null> {
  const { rows } = await database.pool.query<ViewerRow>(
    `select s.id as "sessionId", u.id as "userId", u.name, u.email, u.is_guest as "isGuest",
            least(u.expires_at, w.expires_at) as "expiresAt",
            w.id as "workspaceId", w.name as "workspaceName", m.role,
            s.seen_at < now() - interval '1 minute' as "seenLongAgo"
       from ${OPEN_SESSION} and s.token_hash = $2`,
    [IDLE_LIFETIME, tokenHash],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.seenLongAgo) {
    await database.pool.query("update session set seen_at = now() where id = $1", [row.sessionId]);
  }
  const { sessionId, expiresAt, seenLongAgo: _, ...viewer } = row;
  return { sessionId, viewer: { ...viewer, expiresAtMs: expiresAt?.getTime() ?? null } };
}

/**
 * Which of these sessions are still valid, by the rule of openSession. It is no use of them: what stays open
 * by itself must not keep a session alive.
 */
export async function openSessionIds(
  database: Database,
  sessionIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select s.id from ${OPEN_SESSION} and s.id = any($2::uuid[])`,
    [IDLE_LIFETIME, sessionIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Valid sessions of a person, last used first. */
export async function sessionsOf(
  database: Database,
  userId: string,
  currentSessionId: string,
): Promise<SessionView[]> {
  const { rows } = await database.pool.query<{
    id: string;
    userAgent: string;
    createdAt: Date;
    seenAt: Date;
  }>(
    `select id, user_agent as "userAgent", created_at as "createdAt", seen_at as "seenAt"
       from session
      where user_id = $1 and expires_at > now() and seen_at > now() - $2::interval
      order by seen_at desc, id`,
    [userId, IDLE_LIFETIME],
  );
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.userAgent,
    createdAtMs: row.createdAt.getTime(),
    seenAtMs: row.seenAt.getTime(),
    current: row.id === currentSessionId,
  }));
}

/** End one session of a person; false when they have no such session. */
export async function deleteSession(
  database: Database,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const { count } = await database.prisma.session.deleteMany({ where: { id: sessionId, userId } });
  return count > 0;
}

/** End all sessions of a person but one (all of them with null); returns how many. */
export async function deleteOtherSessions(
  database: Database,
  userId: string,
  keptSessionId: string | null,
): Promise<number> {
  const { count } = await database.prisma.session.deleteMany({
    where: { userId, ...(keptSessionId === null ? {} : { id: { not: keptSessionId } }) },
  });
  return count;
}

/** End the session of a token, if there is one: sign-out, and the old session of a new sign-in. */
export async function deleteSessionOfToken(database: Database, tokenHash: Buffer): Promise<void> {
  await database.pool.query("delete from session where token_hash = $1", [tokenHash]);
}
