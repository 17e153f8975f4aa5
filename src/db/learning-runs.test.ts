import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DatasetConfig } from "#contracts/dataset.ts";
import { LEARNING_RUN } from "#server/learning-world.test-support.ts";
import { createPerson, createWorld, type World } from "#server/world.test-support.ts";
import { createDataset, datasetOf } from "./datasets.ts";
import { learningRunOf, startLearningRun } from "./learning-runs.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
let world: World;
let config: DatasetConfig;
beforeAll(async () => {
  subject = await createTestDatabase();
  world = await createWorld(subject.database, await createPerson(subject.database));
  const { versions } = await datasetOf(subject.database, world.workspaceId, world.datasetId);
  config = DatasetConfig.parse(versions[0]?.config);
});
afterAll(() => subject.drop());

/** Runs that were seen before a run on a version. */
async function earlierRunsOn(datasetVersionId: string) {
  const { database } = subject;
  const owner = { workspaceId: world.workspaceId, userId: randomUUID() };
  const run = { datasetVersionId, name: "Next", config: { ...LEARNING_RUN, seed: 9 } };
  const { runId } = await startLearningRun(database, owner, run);
  return (await learningRunOf(database, world.workspaceId, runId)).earlierRuns;
}

/** A version with another configuration, whether or not there are bars for it. */
async function versionWith(changed: Partial<DatasetConfig>): Promise<string> {
  const id = randomUUID();
  await subject.database.pool.query(
    `insert into dataset_version (id, dataset_id, version, config, config_hash)
     select $2, $1, max(version) + 1, $3, 'another' from dataset_version where dataset_id = $1`,
    [world.datasetId, id, JSON.stringify({ ...config, ...changed })],
  );
  return id;
}

test("regression: the same dataset made anew forgot the runs that were seen on its prices", async () => {
  const dataset = { name: "Made anew", notes: "", config };
  const anew = await createDataset(subject.database, world.workspaceId, dataset);
  expect(await earlierRunsOn(anew.versionId)).toEqual({ finished: 1, unfinished: 0 });
  expect(await earlierRunsOn(world.datasetVersionId)).toEqual({ finished: 1, unfinished: 0 });
});

test("one instrument and a part of the span in common are the same prices, at any interval", async () => {
  const { endMs } = config.window;
  const version = await versionWith({
    books: [[2_000_000_001, world.instrumentX]],
    intervalMs: 24 * config.intervalMs,
    window: { startMs: endMs - 1, endMs: endMs + 1 },
  });
  expect(await earlierRunsOn(version)).toEqual({ finished: 1, unfinished: 0 });
});

test.each<{ name: string; change: () => Partial<DatasetConfig> }>([
  { name: "other instruments", change: () => ({ books: [[2_000_000_001, 2_000_000_002]] }) },
  {
    name: "another span",
    change: () => ({ window: { startMs: config.window.endMs, endMs: config.window.endMs + 1 } }),
  },
])("runs on $name do not count", async ({ change }) => {
  const version = await versionWith(change());
  expect(await earlierRunsOn(version)).toEqual({ finished: 0, unfinished: 0 });
});
