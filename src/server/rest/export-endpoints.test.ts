import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import type { Database } from "#db/client.ts";
import { modelFile } from "#db/models.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson, createWorld, START_MS, signIn, testContext } from "../world.test-support.ts";
import {
  exportModel,
  exportPairs,
  exportReport,
  exportSharedReport,
  exportSharedTrades,
  exportTrades,
} from "./export-endpoints.ts";

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

async function newWorld() {
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  return { world, context: testContext(database, { session: await signIn(database, owner) }) };
}

test("trades are exported with times that a person can read and numbers that stay numbers", async () => {
  const { world, context } = await newWorld();
  const answer = await exportTrades(context, world.backtestId);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="trades-AAA[a-z0-9]+-BBB[a-z0-9]+-v1\.csv"$/,
  );
  const rows = parse(await answer.text(), { columns: true });
  expect(rows).toMatchObject([
    {
      side: "short",
      entrySignal: new Date(START_MS).toISOString(),
      exitSignal: "",
      ...{ symbolY: "AAA", quantityY: "-1", symbolX: "BBB", quantityX: "2", netPnlX: "0" },
    },
  ]);
});

test("a report is exported as its page has it: instruments by name, and no ids", async () => {
  const { world, context } = await newWorld();
  const answer = await exportReport(context, world.backtestId);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({
    strategyName: "Strategy",
    plan: { kind: "single" },
    report: { finalEquity: 20_003, instruments: [{ symbol: "AAA" }, { symbol: "BBB" }] },
  });
  for (const id of [world.workspaceId, world.strategyId, world.strategyVersionId, "7001"]) {
    expect(text).not.toContain(id);
  }
});

test("a version of a model is exported as the file that was registered", async () => {
  const { world, context } = await newWorld();
  const { file } = await modelFile(database, world.workspaceId, world.modelVersionId);
  const answer = await exportModel(context, world.modelVersionId);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe(
    'attachment; filename="model-Reverter-v1.json"',
  );
  expect(file.equals(new Uint8Array(await answer.arrayBuffer()))).toBe(true);
});

test("behind a link without sizes neither the trades nor the report tell them", async () => {
  const { world } = await newWorld();
  const anyone = testContext(database);
  const trades = parse(await (await exportSharedTrades(anyone, world.shareToken)).text(), {
    columns: true,
  });
  // 3 of an initial equity of 20,000, shown as 100.
  expect(trades).toMatchObject([{ quantityY: "", quantityX: "", netPnl: "0.015" }]);
  const report = await (await exportSharedReport(anyone, world.shareToken)).json();
  expect(report).toMatchObject({ sizesShown: false, report: { initialEquity: 100 } });
  await expect(exportSharedReport(anyone, "x".repeat(43))).rejects.toMatchObject({
    code: "not-found",
  });
});

test("pairs are exported, and a symbol that is a formula is text", async () => {
  const { world, context } = await newWorld();
  await database.pool.query("update instrument set symbol = '=1+1' where id = $1", [
    world.instrumentY,
  ]);
  const answer = await exportPairs(context, world.scanId);
  const rows = parse(await answer.text(), { columns: true });
  expect(rows).toMatchObject([{ symbolY: "'=1+1", hedgeRatio: "0.5", pValue: "0.003" }]);
});

test("pairs of a funnel are exported with where they fell out", async () => {
  const { world, context } = await newWorld();
  await database.pool.query("update scan set config = config || $2 where id = $1", [
    world.scanId,
    { funnel: SCAN_PRESETS.honest.funnel },
  ]);
  await database.pool.query(
    `update scan_pair set stage = 'hurst', reason = 'hurst-too-high', p_value = 0.004, hurst = 0.6
      where scan_id = $1`,
    [world.scanId],
  );
  const rows = parse(await (await exportPairs(context, world.scanId)).text(), { columns: true });
  expect(rows).toMatchObject([
    { stage: "hurst", reason: "hurst-too-high", pValue: "0.004", hurst: "0.6", rank: "" },
  ]);
});

test("pairs of a large scan are read as they are taken, and not after their reader has left", async () => {
  const { world, context } = await newWorld();
  await database.pool.query(
    `insert into scan_pair (scan_id, instrument_y, instrument_x, observations, p_value)
     select $1, y, x, 9, y * x / 1e6 from generate_series(1, 200) y, generate_series(1001, 1100) x`,
    [world.scanId],
  );
  const body = (await exportPairs(context, world.scanId)).body ?? expect.fail("there is no body");
  const reader = body.getReader();
  const lines: string[] = [];
  const decoder = new TextDecoder();
  const read = async () => lines.push(...decoder.decode((await reader.read()).value).split("\r\n"));
  await read();
  await read();
  expect(lines[0]).toMatch(/^symbolY,symbolX,/);
  expect(lines.length).toBeLessThan(2_100);
  await reader.cancel();
  expect(await reader.read()).toMatchObject({ done: true });
  // Nobody reads on: the connections are free, and stay so.
  await expect.poll(() => database.pool.totalCount - database.pool.idleCount).toBe(0);
  const whole = parse(await (await exportPairs(context, world.scanId)).text(), { columns: true });
  expect(whole).toHaveLength(20_001);
});

test.each([
  { name: "of another workspace", id: null },
  { name: "that is no id", id: "../x" },
])("nothing is exported $name", async ({ id }) => {
  const { world } = await newWorld();
  const stranger = testContext(database, {
    session: await signIn(database, await createPerson(database)),
  });
  const notFound = { code: "not-found" };
  await expect(exportTrades(stranger, id ?? world.backtestId)).rejects.toMatchObject(notFound);
  await expect(exportPairs(stranger, id ?? world.scanId)).rejects.toMatchObject(notFound);
  await expect(exportModel(stranger, id ?? world.modelVersionId)).rejects.toMatchObject(notFound);
});

test("nothing is exported without a session", async () => {
  const { world } = await newWorld();
  await expect(exportTrades(testContext(database), world.backtestId)).rejects.toMatchObject({
    code: "unauthenticated",
  });
});
