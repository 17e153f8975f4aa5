import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { newToken } from "./auth/session-token.ts";
import { createCaller } from "./root.ts";
import { createPerson, createWorld, signIn, testContext } from "./world.test-support.ts";

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

const anonymous = () => createCaller(testContext(database));

async function sharedWorld() {
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const session = await signIn(database, owner);
  return { owner, world, caller: createCaller(testContext(database, { session })) };
}

test("a link opens the report for anyone, and its owner sees that it was opened", async () => {
  const { world, caller } = await sharedWorld();
  const token = world.shareToken;
  const view = await anonymous().shares.open({ token });
  expect(view.report?.trades).toHaveLength(1);
  const series = await anonymous().shares.openSeries({ token, points: 100 });
  expect(Object.keys(series.lines)).toContain("equity");
  expect(await caller.shares.list()).toMatchObject([{ state: "active", openCount: 1 }]);
});

test("what a link opens names nothing else of the workspace", async () => {
  const { owner, world } = await sharedWorld();
  const text = JSON.stringify(await anonymous().shares.open({ token: world.shareToken }));
  const series = await anonymous().shares.openSeries({ token: world.shareToken, points: 100 });
  const { userId, workspaceId, email } = owner;
  const { strategyId, strategyVersionId, backtestId, jobId, shareId } = world;
  const ids = [
    userId,
    workspaceId,
    email,
    strategyId,
    strategyVersionId,
    backtestId,
    jobId,
    shareId,
  ];
  for (const id of ids) {
    expect(text).not.toContain(id);
    expect(JSON.stringify(series)).not.toContain(id);
  }
  expect(keysOf(JSON.parse(text)).filter((key) => /id$|ids$|^instrument/i.test(key))).toEqual([]);
});

function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

async function linkOf(includeSizes: boolean | undefined) {
  const { world, caller } = await sharedWorld();
  const { token } = await caller.shares.create({
    backtestId: world.backtestId,
    label: "",
    lifetimeDays: 7,
    ...(includeSizes === undefined ? {} : { includeSizes }),
  });
  const view = await anonymous().shares.open({ token });
  const series = await anonymous().shares.openSeries({ token, points: 100 });
  return { view, series, text: JSON.stringify({ view, series }) };
}

test("regression: a link told notional, quantities and money without being asked to", async () => {
  const { view, series, text } = await linkOf(undefined);
  expect(view.sizesShown).toBe(false);
  // Notional, initial and final equity of this report.
  expect(text).not.toMatch(/\b(10000|20000|20003)\b/);
  expect(view.strategyVersion).toMatchObject({
    configHash: null,
    config: { notional: null, initialEquity: null, feeBps: 5 },
  });
  const scale = 100 / 20_000;
  expect(view.report).toMatchObject({
    initialEquity: 100,
    finalEquity: 20_003 * scale,
    costs: { feesY: scale, feesX: scale, slippage: scale, grossPnl: 5 * scale, netPnl: 3 * scale },
    metrics: { totalReturn: { value: 0.5 }, expectancy: { value: 0.5 * scale } },
    manifest: { configHash: null, dataHash: "d" },
  });
  expect(view.report.trades).toMatchObject([
    {
      ...{ quantityY: null, quantityX: null, entryPriceY: 100, entryZScore: 2.1 },
      ...{ pnlY: scale, pnlX: 4 * scale, feesY: scale, feesX: scale },
      ...{ slippageCost: 0.5 * scale, netPnl: 3 * scale },
    },
  ]);
  expect(series.lines["equity"]?.values[0]).toBe(scale);
  expect(series.lines["closeY"]?.values[0]).toBe(1);
});

test("a link that was made with sizes shows them as they are", async () => {
  const { view, series } = await linkOf(true);
  expect(view.sizesShown).toBe(true);
  expect(view.strategyVersion.config).toMatchObject({ notional: 10_000, initialEquity: 20_000 });
  expect(view.report.trades).toMatchObject([{ quantityY: -1, quantityX: 2, netPnl: 3 }]);
  expect(view.report.finalEquity).toBe(20_003);
  expect(series.lines["equity"]?.values[0]).toBe(1);
});

test("the list of links says which of them show sizes", async () => {
  const { world, caller } = await sharedWorld();
  const { backtestId } = world;
  await caller.shares.create({ backtestId, label: "", lifetimeDays: 7, includeSizes: true });
  expect((await caller.shares.list()).map(({ includeSizes }) => includeSizes)).toEqual([
    true,
    false,
  ]);
});

test("the token is stored as a hash alone, and has 256 bits", async () => {
  const { world, caller } = await sharedWorld();
  const { token, path } = await caller.shares.create({
    backtestId: world.backtestId,
    label: "",
    lifetimeDays: 7,
  });
  expect(path).toBe(`/r/${token}`);
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  const { rows } = await database.pool.query("select * from share where backtest_id = $1", [
    world.backtestId,
  ]);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(JSON.stringify(await caller.shares.list())).not.toContain(token);
});

test.each([
  { name: "was revoked", sql: "update share set revoked_at = now() where id = $1" },
  {
    name: "has expired",
    sql: "update share set expires_at = now() - interval '1 second' where id = $1",
  },
  {
    name: "leads to a deleted report",
    sql: "update backtest set deleted_at = now() from share where share.id = $1 and backtest.id = share.backtest_id",
  },
  {
    name: "is a guest's who has expired",
    sql: "update workspace set expires_at = now() - interval '1 second' from share where share.id = $1 and workspace.id = share.workspace_id",
  },
])("a link that $name opens nothing", async ({ sql }) => {
  const { world } = await sharedWorld();
  const token = world.shareToken;
  await database.pool.query(sql, [world.shareId]);
  await expect(anonymous().shares.open({ token })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(anonymous().shares.openSeries({ token })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("a made-up token opens nothing, and guessing is limited", async () => {
  const env = { RATE_LIMIT_FACTOR: 3 / 600 };
  const caller = createCaller({ ...testContext(database, { env }), address: "198.51.100.7" });
  const guess = () => caller.shares.open({ token: newToken() }).catch(({ code }) => code);
  const codes = [await guess(), await guess(), await guess(), await guess()];
  expect(codes).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "TOO_MANY_REQUESTS"]);
});

test("a revoked link says so in the list, and revoking again is no error", async () => {
  const { world, caller } = await sharedWorld();
  await caller.shares.revoke({ id: world.shareId });
  await caller.shares.revoke({ id: world.shareId });
  expect(await caller.shares.list()).toMatchObject([{ state: "revoked" }]);
});
