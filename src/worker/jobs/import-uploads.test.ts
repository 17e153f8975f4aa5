import { afterAll, beforeAll, expect, test } from "vitest";
import { barsBetween, contentHash } from "#db/bars.ts";
import { listSeries, seriesDetail } from "#db/instruments.ts";
import { recentJobs } from "#db/jobs.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { uploadById } from "#db/uploads.ts";
import {
  HOUR_MS,
  hourlyCsv,
  hourlyRows,
  OHLCV_HEADER,
  START_MS,
} from "../imports/import-cases.test-support.ts";
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

const BAD_CSV = hourlyCsv(48, { 10: `${START_MS + 10 * HOUR_MS},0,2,0.5,1,9` });

test("a tidy file becomes a series with its bars, coverage and hash", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const rows = hourlyRows(48);
  rows.splice(20, 3);
  const text = [OHLCV_HEADER, ...rows].join("\n");
  const [upload] = await importFiles(engine, workspaceId, [{ name: "ETHUSDT.csv", bytes: text }]);
  expect(upload).toMatchObject({
    state: "imported",
    report: { imported: true, rowCount: 45, series: [{ addedCount: 45, replacedCount: 0 }] },
  });
  const [series] = await listSeries(engine.database, workspaceId);
  expect(series).toMatchObject({
    symbol: "ETHUSDT",
    venue: "upload",
    intervalMs: HOUR_MS,
    barCount: 45,
    missingCount: 3,
    gapCount: 1,
    firstOpenTimeMs: START_MS,
    lastOpenTimeMs: START_MS + 47 * HOUR_MS,
  });
  const detail = await seriesDetail(engine.database, workspaceId, series?.seriesId ?? 0);
  expect(detail?.gaps).toEqual([{ startMs: START_MS + 20 * HOUR_MS, missingBars: 3 }]);
  const bars = await barsBetween(engine.database, series?.seriesId ?? 0);
  expect(bars.close).toHaveLength(45);
  expect(contentHash(bars)).toBe(series?.contentHash);
});

test("a second file extends and replaces, and the hash does not depend on the way there", async () => {
  const [whole, parts] = [
    await createWorkspace(engine.database),
    await createWorkspace(engine.database),
  ];
  await importFiles(engine, whole, [{ name: "A.csv", bytes: hourlyCsv(60) }]);
  const wrong = hourlyRows(40, { 35: `${START_MS + 35 * HOUR_MS},9,9,9,9,9` });
  const [, second] = await importFiles(engine, parts, [
    { name: "A.csv", bytes: [OHLCV_HEADER, ...wrong].join("\n") },
    { name: "A (1).csv", bytes: [OHLCV_HEADER, ...hourlyRows(60).slice(30)].join("\n") },
  ]);
  expect(second?.report?.series).toMatchObject([{ addedCount: 20, replacedCount: 10 }]);
  const [a] = await listSeries(engine.database, whole);
  const [b] = await listSeries(engine.database, parts);
  expect(b).toMatchObject({ barCount: 60, contentHash: a?.contentHash });
});

test("a bad row refuses its file, names the line, and leaves the others alone", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const [bad, good] = await importFiles(engine, workspaceId, [
    { name: "BAD.csv", bytes: BAD_CSV },
    { name: "GOOD.csv", bytes: hourlyCsv(48) },
  ]);
  expect(bad).toMatchObject({
    state: "refused",
    report: { imported: false, refusal: "Line 12: open is not above zero", rejectedCount: 1 },
  });
  expect(good?.state).toBe("imported");
  expect((await listSeries(engine.database, workspaceId)).map(({ symbol }) => symbol)).toEqual([
    "GOOD",
  ]);
  const [job] = await recentJobs(engine.database, workspaceId);
  expect(job).toMatchObject({ state: "succeeded", files: { imported: 1, refused: 1 } });
});

test("the rows that are right are imported when the person says so, also after a refusal", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const [refused] = await importFiles(engine, workspaceId, [{ name: "BAD.csv", bytes: BAD_CSV }]);
  const job = await runNow(engine, workspaceId, {
    kind: "import-uploads",
    uploadIds: [refused?.id ?? ""],
    badRows: "skip",
  });
  expect(job.state).toBe("succeeded");
  const [series] = await listSeries(engine.database, workspaceId);
  expect(series).toMatchObject({ barCount: 47, rejectedCount: 1, missingCount: 1 });
  const detail = await seriesDetail(engine.database, workspaceId, series?.seriesId ?? 0);
  expect(detail?.rejections).toMatchObject([{ line: 12, field: "open" }]);
});

test("regression: rows without a readable time were not counted for their series", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const bytes = hourlyCsv(48, {
    10: "soon,1,2,0.5,1,9",
    20: "2024-01-01",
    30: `${START_MS + 30 * HOUR_MS},1,2,0.5,NaN,9`,
  });
  await importFiles(engine, workspaceId, [{ name: "BAD.csv", bytes }], "skip");
  const [series] = await listSeries(engine.database, workspaceId);
  expect(series).toMatchObject({ barCount: 45, rejectedCount: 3 });
  const detail = await seriesDetail(engine.database, workspaceId, series?.seriesId ?? 0);
  expect(detail?.rejections).toMatchObject([
    { line: 12, field: "time" },
    { line: 22, field: "row" },
    { line: 32, field: "close", reason: 'close "NaN" is not a number' },
  ]);
});

test("a job in which no file was imported has failed, naming the first file", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const uploadIds = [
    await storeUpload(engine.database, workspaceId, { name: "BAD.csv", bytes: BAD_CSV }),
    await storeUpload(engine.database, workspaceId, { name: "X.csv", bytes: "\x7fELF rest" }),
  ];
  const job = await runNow(engine, workspaceId, {
    kind: "import-uploads",
    uploadIds,
    badRows: "refuse",
  });
  expect(job).toMatchObject({
    state: "failed",
    error: {
      code: "invalid-input",
      message: "BAD.csv: Line 12: open is not above zero (and 1 more files)",
      field: "BAD.csv",
    },
  });
  const program = await uploadById(engine.database, workspaceId, uploadIds[1] ?? "");
  expect(program?.report?.refusal).toContain("Linux program");
});

test("closes alone do not go into a series with opens", async () => {
  const workspaceId = await createWorkspace(engine.database);
  await importFiles(engine, workspaceId, [{ name: "A.csv", bytes: hourlyCsv(48) }]);
  const closes = ["ts,close", ...hourlyRows(48).map((row) => row.split(",").slice(0, 2).join(","))];
  const [upload] = await importFiles(engine, workspaceId, [
    { name: "A.csv", bytes: closes.join("\n") },
  ]);
  expect(upload).toMatchObject({ state: "refused" });
  expect(upload?.report?.refusal).toContain("delete that series first");
});

test("an inspection stores format and preview; a corrected format is looked at again", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const uploadId = await storeUpload(engine.database, workspaceId, {
    name: "ETHUSDT.csv",
    bytes: BAD_CSV,
  });
  const job = await runNow(engine, workspaceId, { kind: "inspect-upload", uploadId, format: null });
  expect(job).toMatchObject({ state: "succeeded", subjectId: uploadId, progress: 1 });
  const seen = await uploadById(engine.database, workspaceId, uploadId);
  expect(seen).toMatchObject({
    state: "inspected",
    format: { layout: "single", symbol: "ETHUSDT", timestampUnit: "ms" },
    preview: { complete: true, intervalMs: HOUR_MS, rejections: [{ line: 12 }] },
  });
  const format = seen?.format ?? null;
  if (format === null) throw new Error("no format");
  await runNow(engine, workspaceId, {
    kind: "inspect-upload",
    uploadId,
    format: { ...format, symbol: "OTHER" },
  });
  const again = await uploadById(engine.database, workspaceId, uploadId);
  expect(again?.preview?.symbols).toEqual(["OTHER"]);
});

test("an inspection of what is no price file fails in words and marks the file", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const uploadId = await storeUpload(engine.database, workspaceId, {
    name: "prices.csv",
    bytes: Buffer.from("%PDF-1.7"),
  });
  const job = await runNow(engine, workspaceId, { kind: "inspect-upload", uploadId, format: null });
  expect(job.error).toMatchObject({
    code: "unsupported-file",
    message: "prices.csv: This is a PDF document, not a CSV file",
  });
  expect((await uploadById(engine.database, workspaceId, uploadId))?.state).toBe("refused");
});

test("regression: an emoji in a bad cell cost the whole file", async () => {
  const workspaceId = await createWorkspace(engine.database);
  // Where a message (40 characters) and a kept row (200) are cut, the cut goes through the emoji.
  const time = `${START_MS + 10 * HOUR_MS}`;
  const cell = `${"x".repeat(39)}😀`;
  const comment = "y".repeat(199 - `${time},,`.length);
  const [cellAtFault, rowAtFault] = await importFiles(
    engine,
    workspaceId,
    [
      { name: "CELL.csv", bytes: hourlyCsv(48, { 10: `${time},${cell},2,0.5,1,9` }) },
      { name: "ROW.csv", bytes: hourlyCsv(48, { 10: `${time},,${comment}😀,2,0.5,1` }) },
    ],
    "skip",
  );
  expect(cellAtFault).toMatchObject({ state: "imported", report: { rejectedCount: 1 } });
  expect(rowAtFault).toMatchObject({ state: "imported", report: { rejectedCount: 1 } });
  expect(cellAtFault?.report?.rejections[0]?.reason).toContain("x\uFFFD");
});

test("regression: imported bars had no limit", async () => {
  const workspaceId = await createWorkspace(engine.database);
  const small = { ...engine, barQuota: { barsMax: 100, guestBarsMax: 50 } };
  const uploads = await importFiles(small, workspaceId, [
    { name: "A.csv", bytes: hourlyCsv(60) },
    { name: "B.csv", bytes: hourlyCsv(60) },
  ]);
  expect(uploads.map(({ state }) => state)).toEqual(["imported", "refused"]);
  expect(uploads[1]?.report?.refusal).toContain("at most 100 bars");
  const series = await listSeries(engine.database, workspaceId);
  expect(series).toMatchObject([{ symbol: "A", barCount: 60 }]);
});
