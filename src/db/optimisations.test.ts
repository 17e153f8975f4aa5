import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OptimisationConfig, ParameterRange } from "#contracts/optimisation.ts";
import { createPerson, createWorld, OPTIMISATION } from "#server/world.test-support.ts";
import { jobById } from "./jobs.ts";
import { optimisationTask, writeOptimisationLive } from "./optimisation-results.ts";
import { chartTrials } from "./optimisation-trials.ts";
import {
  createOptimisation,
  optimisationOf,
  optimisationsOf,
  promoteTrial,
} from "./optimisations.ts";
import { deleteStrategy, strategyOf } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

async function newWorld() {
  const { database } = subject;
  const owner = await createPerson(database);
  return { database, owner, world: await createWorld(database, owner) };
}

const range = (from: number, to: number, step: number): ParameterRange => ({
  ...{ kind: "range", from, to, step },
});

test("a grid of a thousand million is refused with its count, before there is a job", async () => {
  const { database, owner, world } = await newWorld();
  const space = {
    zScoreWindowBars: range(3, 1_002, 1),
    entryZScore: range(0.1, 10, 0.01),
    exitZScore: range(0, 0.999, 0.001),
  };
  const start = createOptimisation(database, owner, world.strategyVersionId, {
    ...OPTIMISATION,
    space,
  });
  await expect(start).rejects.toMatchObject({
    code: "invalid-input",
    field: "config.space",
    message: expect.stringMatching(/^There are 991,000,000 combinations, at most 100,000/),
  });
  const list = await optimisationsOf(database, world.workspaceId);
  expect(list.map(({ id }) => id)).toEqual([world.optimisationId]);
});

test.each([
  { name: "no setting of the strategy", space: { lookback: range(1, 2, 1) }, field: "lookback" },
  { name: "out of its bounds", space: { entryZScore: range(-5, 2, 1) }, field: "entryZScore" },
])("a parameter that is $name is refused", async ({ space, field }) => {
  const { database, owner, world } = await newWorld();
  const config: OptimisationConfig = { ...OPTIMISATION, space };
  await expect(
    createOptimisation(database, owner, world.strategyVersionId, config),
  ).rejects.toMatchObject({ code: "invalid-input", field: `config.space.${field}` });
});

test("the same search started twice is one, and another is another", async () => {
  const { database, owner, world } = await newWorld();
  const start = (tradesMin: number) =>
    createOptimisation(database, owner, world.strategyVersionId, { ...OPTIMISATION, tradesMin });
  const [first, second] = await Promise.all([start(5), start(5)]);
  expect(second).toEqual(first);
  expect((await start(6)).optimisationId).not.toBe(first.optimisationId);
  expect(await jobById(database, world.workspaceId, first.jobId)).toMatchObject({
    ...{ kind: "optimisation", subjectId: first.optimisationId },
    title: "Optimisation of Strategy v1",
  });
  const task = await optimisationTask(database.pool, world.workspaceId, first.optimisationId);
  expect(task).toMatchObject({ optimisation: { tradesMin: 5 }, config: { intervalMs: 3_600_000 } });
});

test("what is known so far is shown while it runs, and trials once seen stay counted", async () => {
  const { database, owner, world } = await newWorld();
  const { workspaceId } = world;
  const config = { ...OPTIMISATION, tradesMin: 7 };
  const { optimisationId } = await createOptimisation(
    ...([database, owner, world.strategyVersionId, config] as const),
  );
  const best = { trial: 4, parameters: {}, figures: { sharpeRatio: 0.25 }, neighbours: null };
  const live = { trials: 10, trialsTotal: 18, best };
  await writeOptimisationLive(database.pool, optimisationId, live);
  await writeOptimisationLive(database.pool, optimisationId, { ...live, trials: 2 });
  expect(await optimisationOf(database, workspaceId, optimisationId)).toMatchObject({
    live: { trials: 2 },
    summary: null,
  });
  const list = await optimisationsOf(database, workspaceId, world.strategyId);
  expect(list.find(({ id }) => id === optimisationId)).toMatchObject({
    ...{ trials: 10, bestObjective: 0.25, method: "grid", objective: "sharpeRatio" },
    subject: `${world.symbolY} / ${world.symbolX}`,
  });
});

test("trials are read as they were stored: numbers, words, and nothing as nothing", async () => {
  const { database, world } = await newWorld();
  const { workspaceId, optimisationId } = world;
  const read = (trialsMax: number) =>
    chartTrials(database, workspaceId, optimisationId, {
      figures: ["sharpeRatio", "unknown"],
      trialsMax,
    });
  expect(await read(100)).toEqual({
    count: 3,
    trials: [0, 1, 2],
    parameters: {
      entryZScore: [1.5, 2, 2.5],
      prices: ["log", "log", "level"],
      stopZScore: [4, 5, null],
    },
    figures: { sharpeRatio: [0.5, null, 1.5] },
  });
  expect((await read(2)).trials).toEqual([0, 1]);
  expect(await optimisationOf(database, workspaceId, optimisationId)).toMatchObject({
    live: null,
    summary: { trials: 3 },
  });
});

test("a trial becomes the newest version of its strategy, with the rest as it was", async () => {
  const { database, world } = await newWorld();
  const { workspaceId, optimisationId, strategyId } = world;
  const promoted = await promoteTrial(database, workspaceId, optimisationId, 2);
  expect(promoted).toMatchObject({ strategyId, version: 2 });
  expect(await promoteTrial(database, workspaceId, optimisationId, 2)).toEqual(promoted);
  const { versions } = await strategyOf(database, workspaceId, strategyId);
  const [newest, first] = versions;
  expect(newest?.config).toEqual({
    ...first?.config,
    parameters: {
      ...first?.config.parameters,
      ...{ entryZScore: 2.5, prices: "level", stopZScore: null },
    },
  });
  const missing = { code: "not-found" };
  await expect(promoteTrial(database, workspaceId, optimisationId, 3)).rejects.toMatchObject(
    missing,
  );
  await expect(promoteTrial(database, randomUUID(), optimisationId, 2)).rejects.toMatchObject(
    missing,
  );
  await deleteStrategy(database, workspaceId, strategyId);
  await expect(promoteTrial(database, workspaceId, optimisationId, 2)).rejects.toMatchObject(
    missing,
  );
});
