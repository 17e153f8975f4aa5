import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { ServerEnv } from "../env.ts";
import { createPerson, createWorld, PASSWORD, TEST_ENV } from "../world.test-support.ts";
import { createBrowser } from "./browser.test-support.ts";
import { requestSession } from "./request-session.ts";
import { sessionTokenOf } from "./session-cookie.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

function newBrowser(change: Partial<ServerEnv> = {}) {
  const env = { ...TEST_ENV, ...change };
  const log = pino({ level: "silent" });
  const browser = createBrowser(subject.database, env, log);
  const session = () => requestSession(subject.database, env, browser.headers());
  return { ...browser, session, env };
}

test("signing in gives a session that the database knows, and signing out ends it", async () => {
  const person = await createPerson(subject.database);
  const browser = newBrowser();
  expect(await browser.session()).toBeNull();
  expect(await browser.signIn("password", { email: person.email, password: PASSWORD })).toBeNull();
  expect((await browser.session())?.viewer.userId).toBe(person.userId);
  const kept = browser.headers();
  await browser.post("signout", {});
  expect(await browser.session()).toBeNull();
  expect(await requestSession(subject.database, TEST_ENV, kept)).toBeNull();
});

test("a wrong password is told as such, and gives no cookie", async () => {
  const person = await createPerson(subject.database);
  const browser = newBrowser();
  const error = await browser.signIn("password", { email: person.email, password: "wrong" });
  expect(error).toBe("CredentialsSignin");
  expect(await browser.session()).toBeNull();
});

test("too many attempts are told as such", async () => {
  const browser = newBrowser({ RATE_LIMIT_FACTOR: 1e-9 });
  const credentials = { email: "x@example.org", password: "x" };
  await browser.signIn("password", credentials);
  expect(await browser.signIn("password", credentials)).toBe("rate-limited");
});

test("a sign-in without the form's own token is not tried", async () => {
  const person = await createPerson(subject.database);
  const browser = newBrowser();
  await browser.post("callback/password", {
    email: person.email,
    password: PASSWORD,
    csrfToken: "forged",
  });
  expect(await browser.session()).toBeNull();
});

test("each sign-in has a new token, and ends the session before it", async () => {
  const person = await createPerson(subject.database);
  const credentials = { email: person.email, password: PASSWORD };
  const browser = newBrowser();
  await browser.signIn("password", credentials);
  const before = browser.headers();
  await browser.signIn("password", credentials);
  expect(await sessionTokenOf(TEST_ENV, browser.headers())).not.toBe(
    await sessionTokenOf(TEST_ENV, before),
  );
  expect(await requestSession(subject.database, TEST_ENV, before)).toBeNull();
  expect(await browser.session()).not.toBeNull();
});

test("NextAuth renews a session's cookie, but not after it was revoked", async () => {
  const person = await createPerson(subject.database);
  const browser = newBrowser();
  await browser.signIn("password", { email: person.email, password: PASSWORD });
  expect(await browser.get("session")).toHaveProperty("expires");
  expect(await browser.session()).not.toBeNull();
  await subject.database.pool.query("delete from session where user_id = $1", [person.userId]);
  expect(await browser.get("session")).toEqual({});
  expect(await sessionTokenOf(TEST_ENV, browser.headers())).toBeNull();
});

test("on this machine the cookie is plain, on a public address bound to host and https", async () => {
  const person = await createPerson(subject.database);
  const credentials = { email: person.email, password: PASSWORD };
  const local = newBrowser();
  await local.signIn("password", credentials);
  const plain = local.setCookies().find((cookie) => cookie.startsWith("pairdesk.session="));
  expect(plain).toMatch(/HttpOnly/);
  expect(plain).toMatch(/SameSite=Lax/);
  expect(plain).not.toMatch(/Secure/);

  const open = newBrowser({ NEXTAUTH_URL: "https://pairs.example.org" });
  await open.signIn("password", credentials);
  const bound = open.setCookies().find((cookie) => cookie.startsWith("__Host-pairdesk.session="));
  expect(bound).toMatch(/Secure/);
  expect(bound).toMatch(/Path=\//);
  expect(bound).not.toMatch(/Domain/);
  expect(await open.session()).not.toBeNull();
});

test("a cookie of another secret is no session", async () => {
  const person = await createPerson(subject.database);
  const browser = newBrowser();
  await browser.signIn("password", { email: person.email, password: PASSWORD });
  const other = { ...TEST_ENV, NEXTAUTH_SECRET: "another secret that is long enough, too" };
  expect(await requestSession(subject.database, other, browser.headers())).toBeNull();
});

test("the demo says when it is not there yet; then it is a guest's own copy", async () => {
  const browser = newBrowser();
  expect(await browser.signIn("demo", {})).toBe("unavailable");
  const template = await createPerson(subject.database);
  await createWorld(subject.database, template);
  await subject.database.pool.query("update workspace set is_template = true where id = $1", [
    template.workspaceId,
  ]);
  await subject.database.pool.query("update scan set summary = $1", [
    JSON.stringify({
      pairCount: 1,
      testedCount: 1,
      refusedCount: 0,
      rejectedCount: 1,
      expectedFalseCount: 0.05,
      discoveredCount: 1,
      durationMs: 1,
    }),
  ]);
  expect(await browser.signIn("demo", {})).toBeNull();
  const viewer = (await browser.session())?.viewer;
  expect(viewer).toMatchObject({ isGuest: true, role: "owner", email: null });
  expect(viewer?.workspaceId).not.toBe(template.workspaceId);
  expect(viewer?.expiresAtMs).toBeGreaterThan(Date.now() + 6 * 86_400_000);
});
