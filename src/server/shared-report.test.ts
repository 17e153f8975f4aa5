import { afterAll, beforeAll, expect, test } from "vitest";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { Database } from "#db/client.ts";
import { addStrategyVersion } from "#db/strategies.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { newToken } from "./auth/session-token.ts";
import { createCaller } from "./root.ts";
import {
  createPerson,
  createWorld,
  signIn,
  strategyConfig,
  testContext,
  type World,
} from "./world.test-support.ts";

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

const COLUMNS = ["equity", "drawdown", "close.0", "benchmark.0"];
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
  const series = await anonymous().shares.openSeries({ token, points: 100, columns: COLUMNS });
  expect(Object.keys(series.lines)).toContain("equity");
  expect(await caller.shares.list()).toMatchObject([{ state: "active", openCount: 1 }]);
});

test("what a link opens names nothing else of the workspace", async () => {
  const { owner, world } = await sharedWorld();
  const text = JSON.stringify(await anonymous().shares.open({ token: world.shareToken }));
  const series = await anonymous().shares.openSeries({
    token: world.shareToken,
    points: 100,
    columns: COLUMNS,
  });
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
  expect(keysOf(JSON.parse(text)).filter((key) => /id$|ids$/i.test(key))).toEqual([]);
  expect(text).not.toContain("7001");
});

function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

async function linkOf(includeSizes: boolean | undefined, includeNotes?: boolean) {
  const { world, caller } = await sharedWorld();
  await caller.backtests.annotate({ id: world.backtestId, tags: [], notes: "my own thoughts" });
  const { token } = await caller.shares.create({
    backtestId: world.backtestId,
    label: "",
    lifetimeDays: 7,
    ...(includeSizes === undefined ? {} : { includeSizes }),
    ...(includeNotes === undefined ? {} : { includeNotes }),
  });
  const view = await anonymous().shares.open({ token });
  const series = await anonymous().shares.openSeries({ token, points: 100, columns: COLUMNS });
  return { view, series, text: JSON.stringify({ view, series }) };
}

test("regression: a link told notional, quantities and money without being asked to", async () => {
  const { view, series, text } = await linkOf(undefined);
  expect(view.sizesShown).toBe(false);
  // Notional, initial and final equity of this report.
  expect(text).not.toMatch(/\b(10000|20000|20003)\b/);
  expect(view.strategyVersion).toMatchObject({
    configHash: null,
    config: { sizing: null, account: { initialEquity: null }, costs: { lots: "none" } },
  });
  const scale = 100 / 20_000;
  const scaledCosts = {
    ...{ grossPnl: 5 * scale, slippage: scale, fees: 2 * scale, funding: 0.25 * scale },
    ...{ borrow: 0.5 * scale, dividends: 0.75 * scale, liquidationFees: 0.125 * scale },
    netPnl: 3 * scale,
  };
  expect(view.report).toMatchObject({
    initialEquity: 100,
    finalEquity: 20_003 * scale,
    costs: scaledCosts,
    instrumentCosts: [scaledCosts, scaledCosts],
    analysis: {
      hashes: null,
      tradeProfits: { edges: [-4 * scale, 4 * scale] },
    },
    windows: [
      { pairs: [{ netPnl: 3 * scale }], outOfSample: { expectancy: { value: 0.5 * scale } } },
    ],
    metrics: { totalReturn: { value: 0.5 }, expectancy: { value: 0.5 * scale } },
    manifest: { configHash: null, dataHash: "d" },
  });
  expect(view.report.trades).toMatchObject([
    {
      ...{ entryFigure: 2.1, netPnl: 3 * scale },
      legs: [
        {
          ...{ quantity: null, entryPrice: 100, exitPrice: 99, grossPnl: scale, fees: scale },
          ...{ slippageCost: 0.25 * scale, funding: 0.25 * scale, borrow: 0.5 * scale },
          ...{ dividends: 0.75 * scale, liquidationFee: 0.125 * scale, netPnl: 0 },
        },
        { quantity: null, entryPrice: 50 },
      ],
    },
  ]);
  expect(series.lines["equity"]?.values[0]).toBe(scale);
  expect(series.lines["benchmark.0"]?.values[0]).toBe(scale);
  expect(series.lines["close.0"]?.values[0]).toBe(1);
  expect(view.copyable).toBeNull();
  expect(text).not.toMatch(/-hash|own thoughts/);
});

/** Has the backtest of a world be one with other costs: versions do not change. */
async function withCosts(world: World, costs: Partial<StrategyConfig["costs"]>) {
  const { workspaceId, strategyId, backtestId, instrumentY, instrumentX } = world;
  const config = strategyConfig(instrumentY, instrumentX);
  const changed = { ...config, costs: { ...config.costs, ...costs } };
  const { versionId } = await addStrategyVersion(database, workspaceId, strategyId, changed);
  await database.pool.query("update backtest set strategy_version_id = $2 where id = $1", [
    ...[backtestId, versionId],
  ]);
}

test("regression: a link without sizes told the lot, as the common step of exact profits", async () => {
  const { world, caller } = await sharedWorld();
  const { backtestId, shareToken: token } = world;
  await withCosts(world, { lots: "venue" });
  const exact = `jsonb_set(jsonb_set(report, '{trades,0,netPnl}', '1.2345678'),
    '{metrics,totalReturn,value}', '0.123456789')`;
  await database.pool.query(`update backtest set report = ${exact} where id = $1`, [backtestId]);
  const { report } = await anonymous().shares.open({ token });
  expect(report.trades[0]).toMatchObject({ netPnl: 0.00617, legs: [{ entryPrice: 100 }, {}] });
  expect(report.metrics.totalReturn.value).toBe(0.1235);
  const share = { backtestId, label: "", lifetimeDays: 7, includeSizes: true };
  const { token: whole } = await caller.shares.create(share);
  expect((await anonymous().shares.open({ token: whole })).report.trades[0]?.netPnl).toBe(
    1.2345678,
  );
});

test.each([
  { name: "with sizes", includeSizes: true, lots: "none" },
  { name: "without sizes", includeSizes: false, lots: "none" },
  { name: "without sizes, rounded", includeSizes: false, lots: "venue" },
] as const)("the legs of one trade are those of the whole report, $name", async (scope) => {
  const { world, caller } = await sharedWorld();
  await withCosts(world, { lots: scope.lots });
  const { token } = await caller.shares.create({
    ...{ backtestId: world.backtestId, label: "", lifetimeDays: 7 },
    includeSizes: scope.includeSizes,
  });
  const { report } = await anonymous().shares.open({ token });
  const legs = await anonymous().shares.openTradeLegs({ token, trade: 0 });
  expect(legs).toEqual(report.trades[0]?.legs);
  await expect(anonymous().shares.openTradeLegs({ token, trade: 1 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("regression: with slippage by volume the prices told the sizes that a link left out", async () => {
  const { world, caller } = await sharedWorld();
  await withCosts(world, { slippage: { kind: "volume-share", impact: 0.1, shareMax: 0.1 } });
  const share = { backtestId: world.backtestId, label: "", lifetimeDays: 7 };
  await expect(caller.shares.create(share)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await caller.shares.create({ ...share, includeSizes: true });
});

test("a link that was made with sizes shows them as they are", async () => {
  const { view, series } = await linkOf(true);
  expect(view.sizesShown).toBe(true);
  expect(view.strategyVersion.config).toMatchObject({
    sizing: { amount: { value: 10_000 } },
    account: { initialEquity: 20_000 },
  });
  expect(view.report.trades).toMatchObject([{ legs: [{ quantity: -1 }, { quantity: 2 }] }]);
  expect(view.report.analysis?.hashes).toMatchObject({ fills: "fills-hash" });
  // Instruments by name, numbered in the order of the file.
  expect(view.copyable).toMatchObject({
    ...{ notes: "", config: { books: [[1, 2]] } },
    instruments: [{ instrumentId: 1, venue: "upload" }, { instrumentId: 2 }],
  });
  expect(view.report.finalEquity).toBe(20_003);
  expect(series.lines["equity"]?.values[0]).toBe(1);
});

test("notes are shown by a link that was made with them, and by no other", async () => {
  expect((await linkOf(true)).view.notes).toBeNull();
  expect((await linkOf(undefined, true)).view.notes).toBe("my own thoughts");
});

test("the list of links says which of them show sizes", async () => {
  const { world, caller } = await sharedWorld();
  const { backtestId } = world;
  await caller.shares.create({ backtestId, label: "", lifetimeDays: 7, includeSizes: true });
  expect(await caller.shares.list()).toMatchObject([
    { kind: "report", includeSizes: true },
    { kind: "report", includeSizes: false },
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
  await expect(anonymous().shares.openSeries({ token, columns: COLUMNS })).rejects.toMatchObject({
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

test("regression: asking again while a verification is under way used up the limit of a link", async () => {
  const { world } = await sharedWorld();
  const { shareToken: token } = world;
  // So small that one start is allowed.
  const env = { RATE_LIMIT_FACTOR: 1 / 20 };
  const ask = (address: string) =>
    createCaller({ ...testContext(database, { env }), address }).shares.verify({ token });
  const first = await ask("198.51.100.20");
  expect(await ask("198.51.100.20")).toEqual(first);
  expect(await ask("198.51.100.21")).toEqual(first);
  await database.pool.query(
    "update job set state = 'failed' where id = (select job_id from verification where id = $1)",
    [first.id],
  );
  await expect(ask("198.51.100.20")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(ask("198.51.100.22")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});
