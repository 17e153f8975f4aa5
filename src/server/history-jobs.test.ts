import { afterAll, beforeAll, expect, test } from "vitest";
import { HistoryRequest } from "#contracts/history.ts";
import { createLiveInstrument } from "#db/alert-world.test-support.ts";
import { jobById } from "#db/jobs.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createCaller } from "./root.ts";
import {
  createPerson,
  createWorld,
  signIn,
  signInGuest,
  testContext,
} from "./world.test-support.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let subject: TestDatabase;
let instrumentIds: number[];

beforeAll(async () => {
  subject = await createTestDatabase();
  const y = await createLiveInstrument(subject.database, "BTCUSDT");
  const x = await createLiveInstrument(subject.database, "ETHUSDT");
  instrumentIds = [y.id, x.id];
});

afterAll(() => subject.drop());

async function caller() {
  const session = await signIn(subject.database, await createPerson(subject.database));
  return createCaller(testContext(subject.database, { session }));
}

const WEEK = { intervalMs: MINUTE_MS, spanMs: 7 * DAY_MS } as const;

test("a history is a job that names its symbols", async () => {
  const session = await signIn(subject.database, await createPerson(subject.database));
  const { history, jobs } = createCaller(testContext(subject.database, { session }));
  const { jobId } = await history.start({ instrumentIds, ...WEEK });
  const job = await jobById(subject.database, session.viewer.workspaceId, jobId);
  expect(job).toMatchObject({
    kind: "backfill-history",
    state: "queued",
    title: "History of BTCUSDT, ETHUSDT",
  });
  expect(await jobs.get({ id: jobId })).toMatchObject({ symbols: null });
});

test("an instrument that is uploaded or unknown has no history to fetch", async () => {
  const world = await createWorld(subject.database, await createPerson(subject.database));
  const { history } = await caller();
  for (const id of [world.instrumentY, 2_000_000_000]) {
    await expect(history.start({ instrumentIds: [id], ...WEEK })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }
});

test("seconds of futures are refused before a job is made", async () => {
  const { rows } = await subject.database.pool.query<{ id: number }>(
    "INSERT INTO instrument (venue, market, symbol) VALUES ('simulated', 'usdm', 'XRPUSDT') RETURNING id",
  );
  const { history } = await caller();
  const request = history.start({
    instrumentIds: [rows[0]?.id ?? 0],
    intervalMs: 1_000,
    spanMs: DAY_MS,
  });
  await expect(request).rejects.toThrow("The market of XRPUSDT has no such bars");
});

test("a guest fetches less at a time", async () => {
  const session = await signInGuest(subject.database);
  const { history } = createCaller(testContext(subject.database, { session }));
  const day = { instrumentIds, intervalMs: MINUTE_MS, spanMs: DAY_MS } as const;
  await expect(history.start(day)).resolves.toHaveProperty("jobId");
  await expect(history.start({ ...day, spanMs: 30 * DAY_MS })).rejects.toMatchObject({
    code: "PAYLOAD_TOO_LARGE",
  });
});

test.each([
  { name: "no instrument", change: { instrumentIds: [] } },
  { name: "an instrument twice", change: { instrumentIds: [1, 1] } },
  { name: "an interval that is not built", change: { intervalMs: 7 } },
  { name: "no time at all", change: { spanMs: 0 } },
  { name: "more bars of a symbol than there is room for", change: { spanMs: 2_000 * DAY_MS } },
  {
    name: "more bars of all than there is room for",
    change: { instrumentIds: Array.from({ length: 200 }, (_, i) => i + 1), spanMs: 60 * DAY_MS },
  },
])("a request for $name is refused", ({ change }) => {
  const request = { instrumentIds: [1, 2], ...WEEK, ...change };
  expect(HistoryRequest.safeParse(request).success).toBe(false);
});
