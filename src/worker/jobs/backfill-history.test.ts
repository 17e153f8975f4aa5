// The history job against the simulated exchange in this process.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { JobParams } from "#contracts/job.ts";
import { LIVE_PRESETS } from "#contracts/live-settings.ts";
import type { Market } from "#contracts/market-data.ts";
import { barsBetween, barsWithOriginsBetween } from "#db/bars.ts";
import { enqueueHistory } from "#db/history.ts";
import { listSeries } from "#db/instruments.ts";
import { jobById, requestJobCancel } from "#db/jobs.ts";
import { storeVenueBars, type VenueBar } from "#db/market-bars.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { inTransaction } from "#db/transaction.ts";
import { addWatchedPair, restoreWatchedPair, retireWatchedPair } from "#db/watched-pairs.ts";
import { createSimulator, type Simulator } from "#simulator/simulator.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import { createVenueAccess, NO_VENUES, type VenueAccess } from "../venues/venue-access.ts";
import { simulatorAddresses } from "../venues/venue-addresses.ts";
import type { JobEngine } from "./job-context.ts";
import {
  addJob,
  createTestEngine,
  createWorkspace,
  NEVER_STOPPING,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The exchange stands still at ten and a half seconds past noon. */
const NOW_MS = Date.UTC(2026, 10, 30, 12, 0, 10) + 500;
const LAST_MINUTE_MS = Date.UTC(2026, 10, 30, 11, 59);
const ALWAYS = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

let testDatabase: TestDatabase;
let simulator: Simulator;
let engine: JobEngine;
let workspaceId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  engine = createTestEngine(testDatabase.database);
});

/** Starts the exchange at a moment, and gives the engine its address. */
async function startExchange(nowMs: number): Promise<void> {
  simulator = await createSimulator({
    seed: 5,
    clock: { kind: "virtual", startMs: nowMs, speed: 0 },
  });
  const simulated = simulatorAddresses(simulator.restUrl);
  engine = { ...engine, venues: createVenueAccess({ simulated }, 10_000) };
}

beforeEach(async () => {
  await testDatabase.database.pool.query("TRUNCATE instrument, workspace, bar, second_bar CASCADE");
  workspaceId = await createWorkspace(testDatabase.database);
  await startExchange(NOW_MS);
});

afterEach(() => simulator.close());

afterAll(async () => {
  await engine.compute.close();
  await testDatabase.drop();
});

async function instrument(symbol: string, market: Market = "spot"): Promise<number> {
  const { rows } = await testDatabase.database.pool.query<{ id: number }>(
    "INSERT INTO instrument (venue, market, symbol) VALUES ('simulated', $2, $1) RETURNING id",
    [symbol, market],
  );
  return rows[0]?.id ?? 0;
}

type History = Extract<JobParams, { kind: "backfill-history" }>;

function history(instrumentIds: number[], change: Partial<History> = {}): History {
  return {
    kind: "backfill-history",
    instrumentIds,
    intervalMs: MINUTE_MS,
    spanMs: 2_500 * MINUTE_MS,
    untilRecorded: false,
    ...change,
  };
}

/** Runs an attempt of a job. @returns it as its owner sees it then */
async function attempt(jobId: string, on = engine, stopping = NEVER_STOPPING) {
  await runJob(on, jobId, stopping);
  const job = await jobById(on.database, workspaceId, jobId);
  if (job === null) throw new Error("the job is gone");
  return job;
}

async function run(params: History, on = engine) {
  return attempt(await addJob(on.database, workspaceId, params), on);
}

async function seriesOf(symbol: string, intervalMs = MINUTE_MS) {
  const series = await listSeries(testDatabase.database, workspaceId);
  return series.find((one) => one.symbol === symbol && one.intervalMs === intervalMs);
}

async function barsOf(symbol: string, intervalMs = MINUTE_MS) {
  const series = await seriesOf(symbol, intervalMs);
  return barsWithOriginsBetween(testDatabase.database, series?.seriesId ?? 0, ALWAYS);
}

/** Access that tells of every call for bars before it is made. */
function watched(onCall: (startTimeMs: number) => void): VenueAccess {
  return {
    marketOf: (venue, market): MarketVenue | null => {
      const source = engine.venues.marketOf(venue, market);
      if (source === null) return null;
      const klines: MarketVenue["rest"]["klines"] = (symbol, range, how) => {
        onCall(range.startTimeMs);
        return source.rest.klines(symbol, range, how);
      };
      return { ...source, rest: { ...source.rest, klines } };
    },
  };
}

/** What the exchange itself says of the same minutes. */
async function theirMinutes(symbol: string, startMs: number, count: number) {
  const url = `${simulator.restUrl}/api/v3/klines?symbol=${symbol}&interval=1m&startTime=${startMs}&limit=${count}`;
  const rows: unknown = await (await fetch(url)).json();
  if (!Array.isArray(rows)) throw new Error("klines are a list");
  return rows.map((row: unknown[]) => row.slice(0, 6).map(Number));
}

test("the venue's bars up to the last that has ended are stored as what they are", async () => {
  const ids = [await instrument("BTCUSDT"), await instrument("ETHUSDT")];
  const job = await run(history(ids));
  expect(job).toMatchObject({
    state: "succeeded",
    title: "History of BTCUSDT, ETHUSDT",
    subjectId: job.id,
    symbols: [
      { symbol: "BTCUSDT", barCount: 2_500, error: null },
      { symbol: "ETHUSDT", barCount: 2_500, error: null },
    ],
  });
  expect(await seriesOf("ETHUSDT")).toMatchObject({
    barCount: 2_500,
    missingCount: 0,
    gapCount: 0,
    lastOpenTimeMs: LAST_MINUTE_MS,
    firstOpenTimeMs: LAST_MINUTE_MS - 2_499 * MINUTE_MS,
  });
  const { bars, origins } = await barsOf("ETHUSDT");
  expect(new Set(origins.provenance)).toEqual(new Set([4]));
  expect([...origins.tradeCount].every(Number.isNaN)).toBe(true);
  const startMs = bars.openTimeMs[1_700] ?? 0;
  const columns = [bars.openTimeMs, bars.open, bars.high, bars.low, bars.close, bars.volume];
  const ours = Array.from({ length: 500 }, (_, i) => columns.map((column) => column[1_700 + i]));
  expect(ours).toEqual(await theirMinutes("ETHUSDT", startMs, 500));
});

test("a second run asks for nothing and changes nothing", async () => {
  const ids = [await instrument("BTCUSDT")];
  await run(history(ids));
  const before = await seriesOf("BTCUSDT");
  const calls: number[] = [];
  const venues = watched((startTimeMs) => calls.push(startTimeMs));
  const job = await run(history(ids), { ...engine, venues });
  expect(job).toMatchObject({ state: "succeeded", symbols: [{ barCount: 0, error: null }] });
  expect(calls).toEqual([]);
  expect(await seriesOf("BTCUSDT")).toMatchObject({ contentHash: before?.contentHash });
});

test("a run that was stopped goes on after what is stored", async () => {
  const jobId = await addJob(engine.database, workspaceId, history([await instrument("BTCUSDT")]));
  const stopping = new AbortController();
  const calls: number[] = [];
  const stopInTheMiddle = watched((startTimeMs) => {
    calls.push(startTimeMs);
    if (calls.length === 2) stopping.abort();
  });
  const stopped = await attempt(jobId, { ...engine, venues: stopInTheMiddle }, stopping.signal);
  expect(stopped.state).toBe("queued");
  expect(await seriesOf("BTCUSDT")).toMatchObject({ barCount: 1_000 });
  const later: number[] = [];
  const venues = watched((startTimeMs) => later.push(startTimeMs));
  expect(await attempt(jobId, { ...engine, venues })).toMatchObject({
    state: "succeeded",
    symbols: [{ barCount: 1_500 }],
  });
  const [first = 0] = calls;
  expect(later).toEqual([first + 1_000 * MINUTE_MS, first + 2_000 * MINUTE_MS]);
  expect(await seriesOf("BTCUSDT")).toMatchObject({ barCount: 2_500, missingCount: 0 });
});

test("a cancelled run keeps what it has fetched", async () => {
  const jobId = await addJob(engine.database, workspaceId, history([await instrument("BTCUSDT")]));
  const cancel = requestJobCancel.bind(null, engine.database, workspaceId, jobId);
  let asked: Promise<boolean> = Promise.resolve(false);
  const venues = watched((startTimeMs) => {
    if (startTimeMs < LAST_MINUTE_MS - 2_000 * MINUTE_MS) return;
    asked = cancel().finally(() => engine.cancelRequests.emit(jobId));
  });
  const job = await attempt(jobId, { ...engine, venues });
  expect(await asked).toBe(true);
  expect(job.state).toBe("cancelled");
  expect((await seriesOf("BTCUSDT"))?.barCount).toBeGreaterThanOrEqual(1_000);
});

test("bars of recorded trades stay, partial ones are replaced", async () => {
  const id = await instrument("BTCUSDT");
  const bar = (minutesAgo: number, provenance: VenueBar["provenance"]): VenueBar => ({
    openTimeMs: LAST_MINUTE_MS - minutesAgo * MINUTE_MS,
    ...{ open: 1, high: 1, low: 1, close: 1, volume: 1 },
    ...{ provenance, tradeCount: 1, lateCount: 0, backfilledCount: 0 },
  });
  const bars = [bar(2, "partial"), bar(1, "complete"), bar(0, "backfilled")];
  await inTransaction(engine.database.pool, (client) =>
    storeVenueBars(client, [{ instrumentId: id, intervalMs: MINUTE_MS, bars }]),
  );
  await run(history([id], { spanMs: 10 * MINUTE_MS }));
  const stored = await barsOf("BTCUSDT");
  expect([...stored.origins.provenance]).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 1, 2]);
  expect([...stored.bars.close.subarray(8)]).toEqual([1, 1]);
  expect(stored.bars.close[7]).toBeGreaterThan(1);
});

test("seconds go where seconds are kept, and a quiet one is no bar", async () => {
  const id = await instrument("ALGOUSDT");
  const job = await run(history([id], { intervalMs: SECOND_MS, spanMs: 1_200 * SECOND_MS }));
  const series = await seriesOf("ALGOUSDT", SECOND_MS);
  const bars = await barsBetween(engine.database, series?.seriesId ?? 0);
  expect(job.symbols?.[0]?.barCount).toBe(bars.close.length);
  expect(bars.close.length).toBeGreaterThan(0);
  expect(bars.close.length).toBeLessThan(1_200);
  expect(bars.volume.every((volume) => volume > 0)).toBe(true);
  const { rows } = await engine.database.pool.query("SELECT FROM bar");
  expect(rows).toEqual([]);
});

test("history before a symbol was listed is not there, and nobody waits for it", async () => {
  const listed = Date.UTC(2020, 0, 1);
  await simulator.close();
  await startExchange(listed + 40.5 * DAY_MS);
  const id = await instrument("BTCUSDT");
  const job = await run(history([id], { intervalMs: DAY_MS, spanMs: 4_000 * DAY_MS }));
  expect(job).toMatchObject({ state: "succeeded", symbols: [{ barCount: 40, error: null }] });
  expect(await seriesOf("BTCUSDT", DAY_MS)).toMatchObject({ firstOpenTimeMs: listed });
});

test("a symbol at fault is named, and the others are fetched", async () => {
  const ids = [await instrument("NOSUCHUSDT"), await instrument("ETHUSDT", "usdm")];
  const job = await run(history(ids, { spanMs: 100 * MINUTE_MS }));
  expect(job).toMatchObject({
    state: "succeeded",
    symbols: [
      { symbol: "ETHUSDT", barCount: 100, error: null },
      { symbol: "NOSUCHUSDT", barCount: 0, error: "Simulated knows no symbol NOSUCHUSDT" },
    ],
  });
});

test.each([
  { name: "unknown symbols", symbol: "NOSUCHUSDT", message: /knows no symbol NOSUCHUSDT/ },
  { name: "seconds of futures", symbol: "BTCUSDT", message: /has no bars of 1s/ },
])("a job of nothing but $name fails and says why", async ({ symbol, message }) => {
  const ids = [await instrument(symbol, "usdm")];
  const intervalMs = symbol === "BTCUSDT" ? SECOND_MS : MINUTE_MS;
  const job = await run(history(ids, { intervalMs, spanMs: 50 * intervalMs }));
  expect(job).toMatchObject({ state: "failed", error: { code: "unavailable" } });
  expect(job.error?.message).toMatch(message);
});

test("a venue that this process may not ask is said so", async () => {
  const job = await run(history([await instrument("BTCUSDT")]), { ...engine, venues: NO_VENUES });
  expect(job).toMatchObject({
    state: "failed",
    error: { message: "BTCUSDT: Simulated is not connected" },
  });
});

test("a call that fails in passing is tried again, for fewer bars", async () => {
  const venues = watched((startTimeMs) => {
    if (startTimeMs !== LAST_MINUTE_MS - 2_499 * MINUTE_MS || isDone) return;
    isDone = true;
    simulator.inject({ kind: "rest-error", status: 503, requests: 1 });
  });
  let isDone = false;
  const job = await run(history([await instrument("BTCUSDT")]), { ...engine, venues });
  expect(job).toMatchObject({ state: "succeeded", symbols: [{ barCount: 2_500, error: null }] });
  expect(await seriesOf("BTCUSDT")).toMatchObject({ barCount: 2_500, missingCount: 0 });
});

test("a ban puts the job off, and it goes on when the ban is over", async () => {
  simulator.inject({ kind: "rest-429", retryAfterSeconds: 1, requests: 1 });
  const params = history([await instrument("BTCUSDT")], { spanMs: 100 * MINUTE_MS });
  const jobId = await addJob(engine.database, workspaceId, params);
  const waiting = await attempt(jobId);
  expect(waiting).toMatchObject({ state: "queued", error: null });
  expect(waiting.stage).toMatch(/^Simulated wants no requests until \d\d:\d\d:\d\d UTC$/);
  const { rows } = await engine.database.pool.query<{ isLater: boolean }>(
    `SELECT run_at > now() + interval '1 second' AS "isLater" FROM graphile_worker.jobs
     WHERE key = $1`,
    [jobId],
  );
  expect(rows).toEqual([{ isLater: true }]);
  const simulated = simulatorAddresses(simulator.restUrl);
  const free = { ...engine, venues: createVenueAccess({ simulated }, 5_000) };
  expect(await attempt(jobId, free)).toMatchObject({ state: "succeeded" });
});

test("a job that is to meet the recording waits for the end of its first bar", async () => {
  const id = await instrument("BTCUSDT");
  const jobId = await addJob(
    engine.database,
    workspaceId,
    history([id], { spanMs: 30 * MINUTE_MS, untilRecorded: true }),
  );
  const stage = "Waiting for the bar in which the recording began";
  expect(await attempt(jobId)).toMatchObject({ state: "queued", stage });
  await engine.database.pool.query(
    `INSERT INTO feed_cursor (instrument_id, first_id, first_trade_time_ms, last_id, last_raw_id,
       last_trade_time_ms) VALUES ($1, 1, $2, 1, 1, $2)`,
    [id, NOW_MS - 5_000],
  );
  expect(await attempt(jobId)).toMatchObject({ state: "queued", stage });
  simulator.advance(MINUTE_MS);
  expect(await attempt(jobId)).toMatchObject({ state: "succeeded" });
  expect(await seriesOf("BTCUSDT")).toMatchObject({
    barCount: 31,
    lastOpenTimeMs: LAST_MINUTE_MS + MINUTE_MS,
    missingCount: 0,
  });
});

test("watching asks for history where there is too little, and once", async () => {
  const [spot, futures] = [await instrument("BTCUSDT"), await instrument("ETHUSDT", "usdm")];
  const ask = (intervalMs: 1_000 | 60_000) =>
    inTransaction(engine.database.pool, (client) =>
      enqueueHistory(client, {
        workspaceId,
        createdBy: null,
        instrumentIds: [spot, futures],
        intervalMs,
        spanMs: 100 * intervalMs,
      }),
    );
  const minutes = await ask(MINUTE_MS);
  expect(minutes).not.toBeNull();
  expect(await ask(MINUTE_MS)).toBeNull();
  const seconds = await jobById(engine.database, workspaceId, (await ask(SECOND_MS)) ?? "");
  expect(seconds?.title).toBe("History of BTCUSDT");
  // With enough stored nothing is asked for, though no job is under way.
  await engine.database.pool.query("UPDATE job SET state = 'cancelled'");
  const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const bars = Array.from(
    { length: 110 },
    (_, i): VenueBar => ({
      openTimeMs: nowMs - (110 - i) * MINUTE_MS,
      ...{ open: 1, high: 1, low: 1, close: 1, volume: 1 },
      ...{ provenance: "complete", tradeCount: 1, lateCount: 0, backfilledCount: 0 },
    }),
  );
  await inTransaction(engine.database.pool, (client) =>
    storeVenueBars(
      client,
      [spot, futures].map((instrumentId) => ({ instrumentId, intervalMs: MINUTE_MS, bars })),
    ),
  );
  expect(await ask(MINUTE_MS)).toBeNull();
});

test("a pair that is watched, or watched again, has its history fetched", async () => {
  const { database } = engine;
  const instrumentIds = [await instrument("BTCUSDT"), await instrument("ETHUSDT")];
  const [instrumentY = 0, instrumentX = 0] = instrumentIds;
  const watcher = { workspaceId, isGuest: false };
  const settings = LIVE_PRESETS.default;
  const histories = async () => {
    const { rows } = await database.pool.query<{ params: History }>(
      "SELECT params FROM job WHERE workspace_id = $1 AND state = 'queued'",
      [workspaceId],
    );
    await database.pool.query("UPDATE job SET state = 'succeeded'");
    return rows.map(({ params }) => params);
  };
  const wanted = history(instrumentIds, { spanMs: 1_000 * MINUTE_MS, untilRecorded: true });
  const { id } = await addWatchedPair(database, watcher, { instrumentY, instrumentX, settings });
  expect(await histories()).toEqual([wanted]);
  await retireWatchedPair(database, workspaceId, id, "rest");
  expect(await histories()).toEqual([]);
  await restoreWatchedPair(database, watcher, id);
  expect(await histories()).toEqual([wanted]);
});
