import process from "node:process";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSession } from "#db/sessions.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { setSessionCookie } from "../auth/session-cookie.ts";
import { newToken, tokenHash } from "../auth/session-token.ts";
import { processDatabase } from "../database.ts";
import { createPerson, HOUR_MS, PASSWORD, TEST_ENV } from "../world.test-support.ts";
import { healthEndpoint, readyAnswer } from "./health-endpoints.ts";
import { trpcEndpoint } from "./trpc-endpoint.ts";
import { uploadEndpoint } from "./upload-endpoint.ts";

const ORIGIN = "http://127.0.0.1:3000";
const JSON_HEADERS = { origin: ORIGIN, "content-type": "application/json", "x-pairdesk": "1" };
let subject: TestDatabase;
let cookie = "";
beforeAll(async () => {
  subject = await createTestDatabase();
  process.env["DATABASE_URL"] = subject.connectionString;
  process.env["NEXTAUTH_URL"] = ORIGIN;
  process.env["NEXTAUTH_SECRET"] = TEST_ENV.NEXTAUTH_SECRET;
  process.env["LOG_LEVEL"] = "silent";
});
afterAll(async () => {
  await processDatabase().close();
  await subject.drop();
});
beforeEach(async () => {
  const { userId, workspaceId } = await createPerson(subject.database);
  const token = newToken();
  await createSession(subject.database, {
    userId,
    workspaceId,
    tokenHash: tokenHash(token),
    userAgent: "test",
    lifetimeMs: HOUR_MS,
  });
  cookie = (await setSessionCookie(TEST_ENV, token)).split(";")[0] ?? "";
});

const rename = (headers: Record<string, string>, body: string = JSON.stringify({ name: "New" })) =>
  trpcEndpoint(
    new Request(`${ORIGIN}/api/trpc/account.rename`, {
      method: "POST",
      headers: { cookie, ...headers },
      body,
    }),
  );
const get = (path: string) =>
  trpcEndpoint(new Request(`${ORIGIN}/api/trpc/${path}`, { headers: { cookie } }));

test("a change that the interface sends is made", async () => {
  expect((await rename(JSON_HEADERS)).status).toBe(200);
  const answer = await get("account.me");
  expect(await answer.json()).toMatchObject({ result: { data: { name: "New" } } });
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
});

test("a question may be sent as a change is, where an address is too short for it", async () => {
  const ask = (headers: Record<string, string>) =>
    trpcEndpoint(
      new Request(`${ORIGIN}/api/trpc/jobs.list`, {
        method: "POST",
        headers: { cookie, ...headers },
        body: "{}",
      }),
    );
  expect((await ask(JSON_HEADERS)).status).toBe(200);
  expect((await ask({ ...JSON_HEADERS, origin: "https://evil.example" })).status).toBe(403);
});

test("a change is not made by an address", async () => {
  const answer = await get(`account.rename?input=${encodeURIComponent('{"name":"New"}')}`);
  expect(answer.status).toBe(405);
});

test.each([
  { name: "from another site", headers: { ...JSON_HEADERS, origin: "https://evil.example" } },
  { name: "without an origin", headers: { "content-type": "application/json", "x-pairdesk": "1" } },
  {
    name: "from a form",
    headers: { ...JSON_HEADERS, "content-type": "application/x-www-form-urlencoded" },
  },
  { name: "without the header", headers: { origin: ORIGIN, "content-type": "application/json" } },
])("a change $name is forbidden, with a good session", async ({ headers }) => {
  expect((await rename(headers)).status).toBe(403);
  const answer = await get("account.me");
  expect(await answer.json()).toMatchObject({ result: { data: { name: "Ada" } } });
});

test("a GET changes nothing", async () => {
  const input = encodeURIComponent(JSON.stringify({ name: "New" }));
  expect((await get(`account.rename?input=${input}`)).status).toBe(405);
});

test("a refusal carries its code and field", async () => {
  const answer = await rename(JSON_HEADERS, JSON.stringify({ name: "" }));
  expect(answer.status).toBe(400);
  const { error } = await answer.json();
  expect(error.data).toMatchObject({ appCode: "invalid-input", field: "name" });
  expect(error.message).toBe("Tell us what to call you");
});

test("fields that the schema does not name are refused", async () => {
  const answer = await rename(JSON_HEADERS, JSON.stringify({ name: "New", isGuest: true }));
  expect(answer.status).toBe(400);
});

test("no stack and no inside of an error reaches the client", async () => {
  await subject.database.pool.query("alter table universe rename to hidden_universe");
  const answer = await get("universes.list");
  await subject.database.pool.query("alter table hidden_universe rename to universe");
  expect(answer.status).toBe(500);
  const text = await answer.text();
  expect(text).not.toMatch(/relation|universe u|stack|at .*\.ts/);
  expect(JSON.parse(text).error.data).toMatchObject({
    appCode: "internal",
    errorId: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
});

test("a batch has its bounds", async () => {
  const batch = (n: number) => Array.from({ length: n }, () => "account.me").join(",");
  expect((await get(`${batch(10)}?batch=1`)).status).toBe(200);
  expect((await get(`${batch(11)}?batch=1`)).status).toBe(400);
});

test("a forged or missing session is nobody", async () => {
  cookie = "pairdesk.session=forged";
  expect(await (await get("account.me")).json()).toMatchObject({ result: { data: null } });
  expect((await get("scans.list")).status).toBe(401);
});

test("an upload from elsewhere is forbidden, and so is one sent as a form", async () => {
  const send = (headers: Record<string, string>) =>
    uploadEndpoint(
      new Request(`${ORIGIN}/api/uploads?name=A.csv`, {
        method: "POST",
        headers: { cookie, "x-pairdesk": "1", ...headers },
        body: "time,close",
      }),
    );
  const octets = { "content-type": "application/octet-stream" };
  expect((await send({ ...octets, origin: "https://evil.example" })).status).toBe(403);
  expect((await send({ ...octets })).status).toBe(403);
  expect((await send({ origin: ORIGIN, "content-type": "multipart/form-data" })).status).toBe(403);
  expect((await send({ ...octets, origin: ORIGIN })).status).toBe(201);
});

test("sign-up tells the field at fault, and the account can be signed in to", async () => {
  const signUp = (email: string, password: string) =>
    trpcEndpoint(
      new Request(`${ORIGIN}/api/trpc/account.signUp`, {
        method: "POST",
        headers: JSON_HEADERS,
        body: JSON.stringify({ name: "Grace", email, password }),
      }),
    );
  const errorOf = async (answer: Response) => (await answer.json()).error.data;
  expect(await errorOf(await signUp("grace@example.org", "password1"))).toMatchObject({
    field: "password",
  });
  expect((await signUp("grace@example.org", PASSWORD)).status).toBe(200);
  expect(await errorOf(await signUp("Grace@Example.org", PASSWORD))).toMatchObject({
    appCode: "conflict",
    field: "email",
  });
});

test("health is this process's alone; ready asks the database, the migrations and the worker", async () => {
  expect(healthEndpoint().status).toBe(200);
  const migrations = "prisma/migrations";
  const before = await readyAnswer(subject.database, migrations);
  expect(before.status).toBe(503);
  expect(await before.json()).toMatchObject({
    ready: false,
    checks: { database: { ok: true }, migrations: { ok: true }, worker: { ok: false } },
  });
  await subject.database.pool.query(
    `insert into worker_heartbeat (id, queue_worker_ids, started_at, beat_at)
     values (gen_random_uuid(), '{}', now(), now())`,
  );
  expect((await readyAnswer(subject.database, migrations)).status).toBe(200);
});
