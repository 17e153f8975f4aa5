// The whole way of a message: a row in PostgreSQL, its notification, the hub, tRPC, a real HTTP server.
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { LiveMessage } from "#contracts/live-message.ts";
import { claimLivePairs } from "#db/live-pairs.ts";
import { storeSnapshots } from "#db/live-snapshots.ts";
import { emptySnapshot, newHolder, watchNewPair } from "#db/live-world.test-support.ts";
import { createSession, deleteOtherSessions } from "#db/sessions.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { setSessionCookie } from "../auth/session-cookie.ts";
import { newToken, tokenHash } from "../auth/session-token.ts";
import { processDatabase } from "../database.ts";
import { serverEnv } from "../env.ts";
import { openEventStream, serve } from "../live/event-stream.test-support.ts";
import type { LiveHub } from "../live/live-hub.ts";
import { processLiveHub } from "../live/process-live-hub.ts";
import { createPerson, HOUR_MS, TEST_ENV, testContext } from "../world.test-support.ts";
import { trpcEndpoint } from "./trpc-endpoint.ts";

const ORIGIN = "http://127.0.0.1:3000";
const SESSION_CHECK_MS = 100;
let subject: TestDatabase;
let server: Awaited<ReturnType<typeof serve>>;
let hub: LiveHub;
beforeAll(async () => {
  subject = await createTestDatabase();
  process.env["DATABASE_URL"] = subject.connectionString;
  process.env["NEXTAUTH_URL"] = ORIGIN;
  process.env["NEXTAUTH_SECRET"] = TEST_ENV.NEXTAUTH_SECRET;
  process.env["LOG_LEVEL"] = "silent";
  const context = testContext(processDatabase(), { env: serverEnv() });
  hub = processLiveHub(context, { sessionCheckMs: SESSION_CHECK_MS, updateMs: 20 });
  server = await serve(trpcEndpoint);
});
afterAll(async () => {
  await server.stop();
  await hub.stop();
  await processDatabase().close();
  await subject.drop();
});

/** A person who is signed in and watches a pair. */
async function newReader() {
  const { database } = subject;
  const home = await createPerson(database);
  const token = newToken();
  await createSession(database, {
    ...home,
    tokenHash: tokenHash(token),
    userAgent: "test",
    lifetimeMs: HOUR_MS,
  });
  const cookie = (await setSessionCookie(TEST_ENV, token)).split(";")[0] ?? "";
  const { livePairId } = await watchNewPair(database, home.workspaceId);
  const holder = newHolder();
  const claimed = await claimLivePairs(database.pool, holder, { leaseMs: 600_000, countMax: 100 });
  const proof = claimed.find(({ id }) => id === livePairId)?.token ?? 0;
  return {
    ...home,
    cookie,
    livePairId,
    store: (seq: number) =>
      storeSnapshots(database.pool, holder, [
        { snapshot: emptySnapshot(livePairId, seq), token: proof },
      ]),
  };
}

const open = (headers: Readonly<Record<string, string>>) =>
  openEventStream(`${server.url}/api/trpc/live.events?input=%7B%7D`, headers);

type EventStream = Awaited<ReturnType<typeof open>>;

/** The next message that is no ping and no greeting, with its id. */
async function nextMessage(stream: EventStream): Promise<{ id: string | null; data: LiveMessage }> {
  for (;;) {
    const event = await stream.next();
    if (event === null) throw new Error("the stream goes on");
    if (event.event === "message") {
      return { id: event.id, data: LiveMessage.parse(JSON.parse(event.data)) };
    }
  }
}

const ErrorEvent = z.object({
  message: z.string(),
  data: z.object({ code: z.string(), appCode: z.string().nullable() }),
});

/** The error that ends a stream. */
async function errorOf(stream: EventStream): Promise<z.infer<typeof ErrorEvent>> {
  for (;;) {
    const event = await stream.next();
    if (event === null) throw new Error("the stream ends with an error");
    if (event.event === "serialized-error") return ErrorEvent.parse(JSON.parse(event.data));
  }
}

describe("the live stream over HTTP", () => {
  test("greets, and then delivers each newer snapshot within a moment of its commit", async () => {
    const reader = await newReader();
    await reader.store(1);
    const stream = await open({ cookie: reader.cookie });
    const greeting = await stream.next();
    expect(greeting?.event).toBe("connected");
    expect(JSON.parse(greeting?.data ?? "")).toEqual({ reconnectAfterInactivityMs: 30_000 });
    const where = await nextMessage(stream);
    expect(where).toEqual({ id: "0", data: { kind: "alerts-changed" } });
    const first = await nextMessage(stream);
    expect(first).toMatchObject({
      id: "0",
      data: { kind: "update", snapshots: [{ livePairId: reader.livePairId, seq: 1 }], ticks: [] },
    });
    for (let seq = 2; seq < 8; seq++) {
      await reader.store(seq);
      const { data } = await nextMessage(stream);
      expect(data).toMatchObject({ kind: "update", snapshots: [], ticks: [{ seq }] });
    }
    stream.leave();
  });

  test("nothing on its way may hold it back", async () => {
    const { cookie } = await newReader();
    const stream = await open({ cookie });
    const { headers, status } = stream.response;
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(headers.get("x-accel-buffering")).toBe("no");
    expect(headers.get("connection")).toBe("close");
    expect(headers.get("cache-control")).toMatch(/no-transform, private, no-store/);
    stream.leave();
  });

  test("who comes back with the id of the last event is sent the alerts since", async () => {
    const reader = await newReader();
    const { pool } = subject.database;
    const { rows } = await pool.query<{ seq: number }>(
      `WITH rule AS (
         INSERT INTO alert_rule (id, workspace_id, name, config) VALUES (gen_random_uuid(), $1, 'z',
           '{"subject": {"kind": "job", "metric": "job-failed"}, "operator": "above", "threshold": 0,
             "hysteresis": 0, "cooldownMs": 0, "severity": "info"}') RETURNING id)
       INSERT INTO alert (id, workspace_id, rule_id, crossing, severity, message, detail)
       SELECT gen_random_uuid(), $1, id, n, 'info', 'It happened ' || n,
         '{"value": 1, "threshold": 0, "jobId": null}'
       FROM rule, generate_series(1, 3) n RETURNING seq::float8 AS seq`,
      [reader.workspaceId],
    );
    const [first, second, third] = rows.map(({ seq }) => seq);
    const stream = await open({ cookie: reader.cookie, "last-event-id": String(first) });
    const messages = [await nextMessage(stream), await nextMessage(stream)];
    expect(messages.map(({ id }) => Number(id))).toEqual([second, third]);
    expect(messages[0]?.data).toMatchObject({ kind: "alert", alert: { seq: second } });
    stream.leave();
  });

  test("a stream that its reader has left is closed", async () => {
    const reader = await newReader();
    for (let i = 0; i < 20; i++) {
      const stream = await open({ cookie: reader.cookie });
      expect((await stream.next())?.event).toBe("connected");
      stream.leave();
      // More of them than one person may have: each must have made room for the next.
      if (i % 8 === 7) await expect.poll(async () => opens(reader.cookie)).toBe(true);
    }
  });
});

/** A refusal comes at once, but on a busy machine not within a tenth of a second. */
const REFUSED_WITHIN_MS = 1_500;

/** Whether the person has room for another stream. */
async function opens(cookie: string): Promise<boolean> {
  const stream = await open({ cookie });
  await stream.next();
  const waiting = stream.next();
  const isOpen = await Promise.race([
    waiting.then((event) => event?.event !== "serialized-error"),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(true), REFUSED_WITHIN_MS)),
  ]);
  waiting.catch(() => undefined);
  stream.leave();
  return isOpen;
}

describe("who may read", () => {
  test("nobody without a session", async () => {
    const stream = await open({});
    expect(await errorOf(stream)).toMatchObject({ data: { code: "UNAUTHORIZED" } });
    expect(await stream.next()).toBeNull();
  });

  test("a session that is revoked is cut off, with a reason that is no fault", async () => {
    const reader = await newReader();
    const stream = await open({ cookie: reader.cookie });
    expect((await stream.next())?.event).toBe("connected");
    await deleteOtherSessions(subject.database, reader.userId, null);
    expect(await errorOf(stream)).toMatchObject({
      message: expect.stringContaining("sign in again"),
      data: { code: "UNAUTHORIZED", appCode: "unauthenticated" },
    });
    expect(await stream.next()).toBeNull();
  });

  test("a person who has too many of them is told so", async () => {
    const reader = await newReader();
    const streams = await Promise.all(
      Array.from({ length: 8 }, () => open({ cookie: reader.cookie })),
    );
    for (const stream of streams) expect((await stream.next())?.event).toBe("connected");
    await expect.poll(async () => opens(reader.cookie)).toBe(false);
    const ninth = await open({ cookie: reader.cookie });
    expect(await errorOf(ninth)).toMatchObject({ data: { code: "TOO_MANY_REQUESTS" } });
    for (const stream of streams) stream.leave();
  });

  test.each([
    { name: "another origin", headers: { origin: "https://evil.example" } },
    { name: "another site", headers: { "sec-fetch-site": "cross-site" } },
    { name: "a neighbouring site", headers: { "sec-fetch-site": "same-site" } },
  ])("no page of $name, with a good session", async ({ headers }) => {
    const { cookie } = await newReader();
    const stream = await open({ cookie, ...headers });
    expect(stream.response.status).toBe(403);
    stream.leave();
  });

  test.each([
    { name: "its own origin", headers: { origin: ORIGIN } },
    { name: "the same origin, as browsers say it", headers: { "sec-fetch-site": "same-origin" } },
  ])("a page of $name", async ({ headers }) => {
    const { cookie } = await newReader();
    const stream = await open({ cookie, ...headers });
    expect(stream.response.status).toBe(200);
    stream.leave();
  });

  test("an id that was never given is refused", async () => {
    const { cookie } = await newReader();
    const stream = await open({ cookie, "last-event-id": "1; drop table alert" });
    expect(await errorOf(stream)).toMatchObject({ data: { code: "BAD_REQUEST" } });
  });
});
