import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createPerson,
  createWorld,
  strategyConfig,
  type World,
} from "#server/world.test-support.ts";
import { earlierTrialCount } from "./earlier-trials.ts";
import { configHash } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
let world: World;
beforeAll(async () => {
  subject = await createTestDatabase();
  world = await createWorld(subject.database, await createPerson(subject.database));
});
afterAll(() => subject.drop());

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
    name: "at another interval",
    change: (config) => ({ config: { ...config, intervalMs: 60_000 } }),
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

test("what other workspaces tried is their own", async () => {
  const other = await createPerson(subject.database);
  expect(await count(() => ({}), other.workspaceId)).toBe(0);
});
