import { afterAll, beforeAll, expect, test } from "vitest";
import type { PairSelection, WalkForward } from "#contracts/backtest-plan.ts";
import { packBacktestSeries } from "#contracts/backtest-series.ts";
import {
  createPerson,
  createWorld,
  REPORT,
  strategyConfig,
  type World,
} from "#server/world.test-support.ts";
import { saveBacktestResult } from "./backtest-results.ts";
import { createBacktest, createBacktests } from "./backtests.ts";
import { earlierTrialCount } from "./earlier-trials.ts";
import { configHash, createStrategy } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
let world: World;
beforeAll(async () => {
  subject = await createTestDatabase();
  world = await createWorld(subject.database, await createPerson(subject.database));
});
afterAll(() => subject.drop());

const SERIES = packBacktestSeries({ openTimeMs: Float64Array.of(0), equity: Float64Array.of(1) });

type Question = Parameters<typeof earlierTrialCount>[2];

function count(change: (config: Question["config"]) => Partial<Question>, workspaceId?: string) {
  const config = strategyConfig(world.instrumentY, world.instrumentX);
  const question: Question = {
    config,
    configHash: "another configuration",
    plan: { kind: "single" },
    before: new Date(Date.now() + 60_000),
  };
  const { pool } = subject.database;
  return earlierTrialCount(pool, workspaceId ?? world.workspaceId, {
    ...question,
    ...change(config),
  });
}

/** Of the world: one configuration run several times, and two searches of three trials, one of them deleted. */
const RUNS = 1;
const TRIALS = 6;

test("a configuration that was run again and again is one trial, and every trial of a search is one", async () => {
  expect(await count(() => ({}))).toBe(RUNS + TRIALS);
});

test("the run itself is no earlier trial of it, and the same by another plan is one", async () => {
  const hash = configHash(strategyConfig(world.instrumentY, world.instrumentX));
  expect(await count(() => ({ configHash: hash }))).toBe(TRIALS);
  expect(await count(() => ({ configHash: hash, plan: null }))).toBe(RUNS + TRIALS);
});

test.each<{ name: string; change: (config: Question["config"]) => Partial<Question> }>([
  { name: "later", change: () => ({ before: new Date(0) }) },
  {
    name: "on other instruments",
    change: (config) => ({ config: { ...config, books: [[2_000_000_001, 2_000_000_002]] } }),
  },
  {
    name: "over another period",
    change: (config) => ({
      config: {
        ...config,
        trading: { startMs: config.trading.endMs, endMs: config.trading.endMs + 1 },
      },
    }),
  },
])("what was tried $name does not count", async ({ change }) => {
  expect(await count(change)).toBe(0);
});

test("one instrument and a part of the period in common is the same data", async () => {
  const shared = await count((config) => ({
    config: {
      ...config,
      books: [[world.instrumentX, 2_000_000_001]],
      trading: { startMs: config.trading.startMs - 10, endMs: config.trading.startMs + 1 },
    },
  }));
  expect(shared).toBe(RUNS + TRIALS);
});

test("regression: what was tried on longer bars of the same prices did not count", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const { workspaceId, instrumentY, instrumentX } = await createWorld(database, owner);
  const config = strategyConfig(instrumentY, instrumentX);
  const ask = () => count(() => ({ config }), workspaceId);
  expect(await ask()).toBe(RUNS + TRIALS);
  const intervalMs = 4 * config.intervalMs;
  await database.pool.query(
    "update bar_series set interval_ms = $3 where instrument_id in ($1, $2)",
    [instrumentY, instrumentX, intervalMs],
  );
  const strategy = { name: "Longer bars", notes: "", config: { ...config, intervalMs } };
  const { versionId } = await createStrategy(database, workspaceId, strategy);
  const { backtestId } = await createBacktest(database, owner, versionId);
  await saveBacktestResult(database.pool, backtestId, { report: REPORT, series: SERIES });
  expect(await ask()).toBe(RUNS + TRIALS + 1);
});

test("regression: backtests that were started together did not count each other, nor one that was still running", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const { workspaceId, instrumentY, instrumentX } = await createWorld(database, owner);
  const config = strategyConfig(instrumentY, instrumentX);
  const runs = [];
  for (const slippageBps of [11, 12, 13]) {
    const costs = { ...config.costs, slippage: { kind: "bps" as const, slippageBps } };
    const strategy = { name: `At ${slippageBps}`, notes: "", config: { ...config, costs } };
    const { versionId } = await createStrategy(database, workspaceId, strategy);
    runs.push({
      strategyVersionId: versionId,
      plan: { kind: "single" as const },
      config: strategy.config,
    });
  }
  const [first] = await createBacktests(database, owner, runs);
  const { rows } = await database.pool.query<{ before: Date }>(
    "select created_at as before from backtest where id = $1",
    [first?.backtestId],
  );
  const { before } = rows[0] ?? { before: new Date(0) };
  const own = runs[0]?.config ?? config;
  const ask = () =>
    count(() => ({ config: own, configHash: configHash(own), before }), workspaceId);
  expect(await ask()).toBe(RUNS + TRIALS + 2);
  await database.pool.query(
    `update job set state = 'cancelled' where id in (
       select job_id from backtest where workspace_id = $1 and report is null)`,
    [workspaceId],
  );
  expect(await ask()).toBe(RUNS + TRIALS);
});

test("what other workspaces tried is their own", async () => {
  const other = await createPerson(subject.database);
  expect(await count(() => ({}), other.workspaceId)).toBe(0);
});

const WALK: WalkForward = {
  ...{ formationBars: 60, tradingBars: 30, window: "rolling", purgeBars: 0, embargoBars: 0 },
  selection: { kind: "fixed" },
  optimise: null,
};

test("regression: a walk-forward on the formation bars, or on scanned instruments, was no earlier trial", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const walked = await createWorld(database, owner);
  const { workspaceId, strategyVersionId, instrumentY, instrumentX } = walked;
  const config = strategyConfig(instrumentY, instrumentX);
  const { formation } = config;
  const ask = (change: Partial<Question>) =>
    earlierTrialCount(database.pool, workspaceId, {
      ...{ config, configHash: "another configuration", plan: { kind: "single" } },
      before: new Date(Date.now() + 60_000),
      ...change,
    });
  const early = { config: { ...config, trading: formation } };
  const all = await ask({});
  expect(await ask(early)).toBe(0);
  expect(await ask({ ...early, plan: { kind: "walk-forward", walkForward: WALK } })).toBe(0);
  // Two windows of a pair each, the best of 100 and of 50 trials, and one that could not be fitted.
  const plan = { kind: "walk-forward", walkForward: WALK } as const;
  const { backtestId } = await createBacktest(database, owner, strategyVersionId, plan);
  const pair = {
    ...{ instruments: [0, 1], pValue: null, hedgeRatio: 1, halfLifeBars: null, refusal: null },
    ...{ netPnl: 0, tradeCount: 0, parameters: null },
  };
  const windows = [100, 50].map((trials) => ({
    ...{ formationStartMs: 0, formationEndMs: 1, tradingStartMs: 1, tradingEndMs: 2 },
    ...{
      pairs: [pair, { ...pair, refusal: "no fit" }],
      candidates: 2,
      trials,
      inSample: REPORT.metrics,
    },
    outOfSample: REPORT.metrics,
  }));
  await saveBacktestResult(database.pool, backtestId, {
    report: { ...REPORT, windows },
    series: SERIES,
  });
  const tries = 1 + 99 + 49;
  expect(await ask(early)).toBe(tries);
  expect(await ask({})).toBe(all + tries);
  // A scan tries what it may choose of, on both sides of the question.
  const other = [2_000_000_001, 2_000_000_002];
  const selection: PairSelection = {
    ...{ kind: "scan", instruments: [instrumentX, ...other] },
    ...{ falseDiscoveryRate: 0.05, halfLifeMaxBars: null, pairsMax: 1 },
  };
  const scan = { kind: "walk-forward", walkForward: { ...WALK, selection } } as const;
  const elsewhere = { config: { ...config, books: [other] } };
  expect(await ask(elsewhere)).toBe(0);
  expect(await ask({ ...elsewhere, plan: scan })).toBe(all + tries);
  const stored = [backtestId, JSON.stringify(scan)];
  await database.pool.query("update backtest set plan = $2 where id = $1", stored);
  expect(await ask(elsewhere)).toBe(tries);
});
