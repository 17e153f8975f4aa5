import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AccountHome, createAccount } from "./accounts.ts";
import {
  createSession,
  deleteOtherSessions,
  deleteSession,
  openSession,
  sessionsOf,
} from "./sessions.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

const HOUR_MS = 3_600_000;
let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const newAccount = () =>
  createAccount(subject.database, { name: "Ada", email: null, passwordHash: null });

async function newSession(home: AccountHome): Promise<{ id: string; hash: Buffer }> {
  const hash = createHash("sha256").update(randomUUID()).digest();
  const session = { ...home, tokenHash: hash, userAgent: "test", lifetimeMs: HOUR_MS };
  return { id: await createSession(subject.database, session), hash };
}

test("a session tells who asks, in which workspace and role", async () => {
  const home = await newAccount();
  const { id, hash } = await newSession(home);
  expect(await openSession(subject.database, hash)).toEqual({
    sessionId: id,
    viewer: {
      ...home,
      name: "Ada",
      email: null,
      isGuest: false,
      expiresAtMs: null,
      workspaceName: "Ada's workspace",
      role: "owner",
    },
  });
});

test.each([
  {
    name: "its lifetime is over",
    sql: "update session set expires_at = now() - interval '1 second'",
  },
  {
    name: "it was idle for two weeks",
    sql: "update session set seen_at = now() - interval '15 days'",
  },
  { name: "it was revoked", sql: "delete from session" },
  {
    name: "its guest has expired",
    sql: "update user_account set expires_at = now() - interval '1 second'",
  },
  {
    name: "its workspace has expired",
    sql: "update workspace set expires_at = now() - interval '1 second'",
  },
  { name: "its person is no member any more", sql: "delete from membership" },
])("a session is void when $name", async ({ sql }) => {
  const { hash } = await newSession(await newAccount());
  await subject.database.pool.query(sql);
  expect(await openSession(subject.database, hash)).toBeNull();
});

test("a use is noted, but not more than once a minute", async () => {
  const { id, hash } = await newSession(await newAccount());
  const seenAt = async () => {
    const { rows } = await subject.database.pool.query<{ age: number }>(
      "select extract(epoch from now() - seen_at)::float8 as age from session where id = $1",
      [id],
    );
    return rows[0]?.age ?? Number.NaN;
  };
  const back = (seconds: number) =>
    subject.database.pool.query(
      "update session set seen_at = now() - $2 * interval '1 second' where id = $1",
      [id, seconds],
    );
  await back(50);
  await openSession(subject.database, hash);
  expect(await seenAt()).toBeGreaterThanOrEqual(50);
  await back(3_600);
  await openSession(subject.database, hash);
  expect(await seenAt()).toBeLessThan(3_600);
});

test("sessions are listed and ended for their own person alone", async () => {
  const home = await newAccount();
  const current = await newSession(home);
  const other = await newSession(home);
  const stranger = await newAccount();
  const views = await sessionsOf(subject.database, home.userId, current.id);
  expect(views.map(({ id, current }) => [id, current])).toEqual(
    expect.arrayContaining([
      [current.id, true],
      [other.id, false],
    ]),
  );
  expect(await deleteSession(subject.database, stranger.userId, other.id)).toBe(false);
  expect(await deleteOtherSessions(subject.database, home.userId, current.id)).toBe(1);
  expect(await openSession(subject.database, other.hash)).toBeNull();
  expect(await openSession(subject.database, current.hash)).not.toBeNull();
});
