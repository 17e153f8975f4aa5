import { afterAll, beforeAll, expect, test } from "vitest";
import type { UploadFormat } from "#contracts/upload.ts";
import { barsWithOriginsBetween } from "#db/bars.ts";
import { listSeries } from "#db/instruments.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { uploadById } from "#db/uploads.ts";
import { START_MS } from "../imports/import-cases.test-support.ts";
import { TRADE_HEADER, tradeCsv, tradeRows } from "../imports/trade-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  createTestEngine,
  createWorkspace,
  importFiles,
  runNow,
  storeUpload,
} from "./job-harness.test-support.ts";

let testDatabase: TestDatabase;
let engine: JobEngine;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  engine = createTestEngine(testDatabase.database);
});

afterAll(async () => {
  await engine.compute.close();
  await testDatabase.drop();
});

const ALWAYS = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

/** Has a file read in its own format with some of it changed, then imported. @returns it as its owner sees it */
async function importAs(
  workspaceId: string,
  text: string,
  change: (format: UploadFormat) => UploadFormat,
) {
  const { database } = engine;
  const uploadId = await storeUpload(database, workspaceId, { name: "t.csv", bytes: text });
  const inspect = async (format: UploadFormat | null) => {
    await runNow(engine, workspaceId, { kind: "inspect-upload", uploadId, format });
    return uploadById(database, workspaceId, uploadId);
  };
  const detected = (await inspect(null))?.format;
  if (detected === null || detected === undefined) throw new Error("the file was read");
  await inspect(change(detected));
  await runNow(engine, workspaceId, {
    kind: "import-uploads",
    uploadIds: [uploadId],
    badRows: "refuse",
  });
  return uploadById(database, workspaceId, uploadId);
}

test("trades become a series of each chosen interval, with counts and partial edges", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const upload = await importAs(workspaceId, tradeCsv(400), (format) =>
    format.layout === "trades" ? { ...format, intervalsMs: [3_600_000, 1_000, 60_000] } : format,
  );
  expect(upload).toMatchObject({
    state: "imported",
    report: { imported: true, rowCount: 400, rejectedCount: 0, duplicateCount: 0 },
  });
  const series = await listSeries(engine.database, workspaceId);
  expect(series.map(({ symbol, intervalMs, barCount }) => [symbol, intervalMs, barCount])).toEqual([
    ["ETHUSDT", 1_000, 280],
    ["ETHUSDT", 60_000, 5],
    ["ETHUSDT", 3_600_000, 1],
  ]);
  const { bars, origins } = await barsWithOriginsBetween(
    engine.database,
    series[1]?.seriesId ?? 0,
    ALWAYS,
  );
  expect(bars.openTimeMs[0]).toBe(START_MS);
  expect([...origins.tradeCount]).toEqual([86, 86, 86, 85, 57]);
  expect([...origins.provenance]).toEqual([3, NaN, NaN, NaN, 3]);
  expect([...origins.lateCount].every(Number.isNaN)).toBe(true);
});

test("a file with a repeated trade is refused whole, or imported without it by choice", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const rows = tradeRows(100);
  const text = [TRADE_HEADER, ...rows, rows[40], rows[3]].join("\n");
  const [refused] = await importFiles(engine, workspaceId, [{ name: "t.csv", bytes: text }]);
  expect(refused).toMatchObject({
    state: "refused",
    report: {
      refusal: "Line 102: the trade stands twice, identical to line 42 (and 1 more rows)",
      duplicateCount: 2,
    },
  });
  expect(await listSeries(engine.database, workspaceId)).toEqual([]);
  const [skipped] = await importFiles(
    engine,
    workspaceId,
    [{ name: "t.csv", bytes: text }],
    "skip",
  );
  expect(skipped?.report).toMatchObject({ imported: true, rowCount: 102, duplicateCount: 2 });
  const [series] = await listSeries(engine.database, workspaceId);
  expect(series).toMatchObject({ duplicateCount: 2, rejectedCount: 0 });
});

test("a row at fault refuses the file and leaves nothing of it", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const bytes = tradeCsv(50, { 30: `ETHUSDT,${START_MS},-1,1` });
  const [upload] = await importFiles(engine, workspaceId, [{ name: "t.csv", bytes }]);
  expect(upload).toMatchObject({
    state: "refused",
    report: { refusal: "Line 32: price is not above zero" },
  });
  expect(upload?.report?.rejections).toMatchObject([{ line: 32, field: "price" }]);
  expect(await listSeries(engine.database, workspaceId)).toEqual([]);
});

test("bars of one file go on where those of another end", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const rows = tradeRows(400);
  await importFiles(engine, workspaceId, [
    { name: "a.csv", bytes: [TRADE_HEADER, ...rows.slice(0, 172)].join("\n") },
    { name: "b.csv", bytes: [TRADE_HEADER, ...rows.slice(172)].join("\n") },
  ]);
  const [series] = await listSeries(engine.database, workspaceId);
  const { origins } = await barsWithOriginsBetween(engine.database, series?.seriesId ?? 0, ALWAYS);
  expect([...origins.tradeCount]).toEqual([86, 86, 86, 85, 57]);
});

test("trades that become more bars than there is room for leave nothing", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const small = { ...engine, barQuota: { barsMax: 4, guestBarsMax: 4 } };
  const [upload] = await importFiles(small, workspaceId, [{ name: "t.csv", bytes: tradeCsv(400) }]);
  expect(upload).toMatchObject({ state: "refused" });
  expect(upload?.report?.refusal).toContain("at most 4 bars");
  expect(await listSeries(engine.database, workspaceId)).toEqual([]);
});

test("a format stored before there were trades is still read", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const bytes = "ts,close\n1704067200000,1\n1704070800000,2\n1704074400000,3\n";
  const uploadId = await storeUpload(engine.database, workspaceId, { name: "A.csv", bytes });
  const format = {
    layout: "single",
    delimiter: ",",
    hasHeader: true,
    timestampUnit: "ms",
    symbol: "A",
    columns: { time: 0, symbol: null, open: null, high: null, low: null, close: 1, volume: null },
  };
  await engine.database.pool.query(
    "UPDATE upload SET state = 'inspected', format = $2 WHERE id = $1",
    [uploadId, JSON.stringify(format)],
  );
  const job = await runNow(engine, workspaceId, {
    kind: "import-uploads",
    uploadIds: [uploadId],
    badRows: "refuse",
  });
  expect(job.state).toBe("succeeded");
});
