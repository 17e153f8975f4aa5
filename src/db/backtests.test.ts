import { afterAll, beforeAll, expect, test } from "vitest";
import type { BacktestPlan, PairSelection, WalkForward } from "#contracts/backtest-plan.ts";
import { createPerson, createWorld, OPTIMISATION } from "#server/world.test-support.ts";
import {
  annotateBacktest,
  backtestOf,
  backtestsOf,
  createBacktest,
  createBacktests,
} from "./backtests.ts";
import { found } from "./found.ts";
import { createOptimisation } from "./optimisations.ts";
import { createStrategy, deleteStrategy, strategyOf } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("regression: a double click made two backtests of one version", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const { strategyVersionId } = await createWorld(database, owner);
  const start = () => createBacktest(database, owner, strategyVersionId);
  const [first, second] = await Promise.all([start(), start()]);
  expect(second).toEqual(first);
  await database.pool.query("update job set state = 'succeeded' where id = $1", [first.jobId]);
  expect((await start()).backtestId).not.toBe(first.backtestId);
});

test("regression: jobs of two versions started crosswise waited for each other for ever", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const { workspaceId, strategyId, strategyVersionId: a } = world;
  const { config } = found((await strategyOf(database, workspaceId, strategyId)).versions[0], "v");
  const other = { name: "Other", notes: "", config: { ...config, riskFreeRateAnnual: 0.01 } };
  const { versionId: b } = await createStrategy(database, workspaceId, other);
  const start = (...ids: string[]) => {
    const plan = { kind: "single" } as const;
    return createBacktests(
      ...([
        database,
        owner,
        ids.map((strategyVersionId) => ({ strategyVersionId, plan })),
      ] as const),
    );
  };
  const search = (id: string) => createOptimisation(database, owner, id, OPTIMISATION);
  const rounds = Array.from({ length: 10 }, async () => {
    const [ab, ba] = await Promise.all([start(a, b), start(b, a), search(b), search(a)]);
    expect(ba.toReversed()).toEqual(ab);
  });
  await Promise.all(rounds);
});

test("regression: the report of a deleted strategy led to a page that is not there", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const { workspaceId, strategyId, backtestId } = world;
  expect((await backtestOf(database, workspaceId, backtestId)).strategyId).toBe(strategyId);
  await deleteStrategy(database, workspaceId, strategyId);
  expect(await backtestOf(database, workspaceId, backtestId)).toMatchObject({
    strategyName: "Strategy",
    strategyId: null,
  });
});

const WALK: WalkForward = {
  ...{ formationBars: 60, tradingBars: 30, window: "rolling", purgeBars: 0, embargoBars: 0 },
  selection: { kind: "fixed" },
  optimise: null,
};
const walk = (change: Partial<WalkForward> = {}): BacktestPlan => ({
  kind: "walk-forward",
  walkForward: { ...WALK, ...change },
});

test("one version by two plans is two backtests", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const { strategyVersionId, workspaceId } = await createWorld(database, owner);
  const single = await createBacktest(database, owner, strategyVersionId);
  const walked = await createBacktest(database, owner, strategyVersionId, walk());
  expect(walked.backtestId).not.toBe(single.backtestId);
  expect(await createBacktest(database, owner, strategyVersionId, walk())).toEqual(walked);
  expect((await backtestOf(database, workspaceId, walked.backtestId)).plan).toEqual(walk());
});

const scan = (instruments: number[]): PairSelection => ({
  ...{ kind: "scan", instruments, falseDiscoveryRate: 0.05, halfLifeMaxBars: null, pairsMax: 2 },
});

test.each([
  { name: "longer than the data", change: { formationBars: 500 }, field: "formationBars" },
  { name: "purged of all it learns from", change: { purgeBars: 60 }, field: "purgeBars" },
  {
    name: "of instruments without bars",
    change: { selection: scan([1, 2, 2_000_000_000]) },
    field: "selection.instruments",
  },
])("a plan that is $name is refused, and none of several is started", async ({ change, field }) => {
  const { database } = subject;
  const owner = await createPerson(database);
  const { strategyVersionId, workspaceId } = await createWorld(database, owner);
  const before = await backtestsOf(database, workspaceId);
  const runs = [walk(), walk(change)].map((plan) => ({ strategyVersionId, plan }));
  await expect(createBacktests(database, owner, runs)).rejects.toMatchObject({
    code: "invalid-input",
    field: `plan.walkForward.${field}`,
  });
  expect(await backtestsOf(database, workspaceId)).toEqual(before);
});

test("a list shows figures and a shape without reading reports, and lets through what is asked for", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const { workspaceId, backtestId, otherBacktestId, strategyId } = world;
  await annotateBacktest(database, workspaceId, backtestId, { tags: ["keep"], notes: "good" });
  const list = await backtestsOf(database, workspaceId);
  expect(list.map(({ id }) => id)).toEqual([backtestId, otherBacktestId]);
  expect(list[0]).toMatchObject({
    ...{ strategyKind: "z-score-reversion", planKind: "single", tags: ["keep"], notes: "good" },
    ...{ subject: `${world.symbolY} / ${world.symbolX}`, lookAheadPassed: true },
    metrics: { totalReturn: 0.5, tradeCount: 1 },
  });
  // Equity is 1 throughout, of 20,000.
  expect(list[0]?.equityShape).toEqual(Array.from({ length: 60 }, () => 0.00005));
  const found = async (filters: Parameters<typeof backtestsOf>[2]) =>
    (await backtestsOf(database, workspaceId, filters)).length;
  expect(await found({ tag: "keep" })).toBe(1);
  expect(await found({ strategyId, strategyKind: "z-score-reversion", planKind: "single" })).toBe(
    2,
  );
  expect(await found({ planKind: "walk-forward" })).toBe(0);
  expect(await found({ strategyKind: "rlrt" })).toBe(0);
});
