import { afterAll, beforeAll, expect, test } from "vitest";
import { createFinishedLearning } from "#server/learning-world.test-support.ts";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import { backtestSeriesOf } from "./backtest-series.ts";
import { backtestOf, backtestsOf } from "./backtests.ts";
import { datasetsOf } from "./datasets.ts";
import { createGuest } from "./demo-workspace.ts";
import { learningRunOf, learningRunsOf, runDetailOf } from "./learning-runs.ts";
import { scanPairsOf } from "./scan-pairs.test-support.ts";
import { scansOf } from "./scans.ts";
import { strategiesOf } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { universesOf } from "./universes.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const SUMMARY = {
  pairCount: 1,
  testedCount: 1,
  refusedCount: 0,
  rejectedCount: 1,
  expectedFalseCount: 0.05,
  discoveredCount: 1,
  durationMs: 1,
};

test("a guest gets a copy of all that the demo shows, under ids of its own", async () => {
  const { database } = subject;
  await expect(createGuest(database)).rejects.toMatchObject({ code: "unavailable" });
  const template = await createPerson(database);
  const world = await createWorld(database, template);
  await database.pool.query("update workspace set is_template = true where id = $1", [
    world.workspaceId,
  ]);
  const learning = await createFinishedLearning(
    database,
    template,
    {
      instrumentY: world.instrumentY,
      instrumentX: world.instrumentX,
      window: { startMs: 0, endMs: 4_102_444_800_000 },
    },
    "{}",
  );
  await database.pool.query("update scan set summary = $1", [JSON.stringify(SUMMARY)]);

  const { workspaceId } = await createGuest(database);
  const [universe] = await universesOf(database, workspaceId);
  const [scan] = await scansOf(database, workspaceId);
  const [strategy] = await strategiesOf(database, workspaceId);
  const [backtest] = await backtestsOf(database, workspaceId, {
    strategyId: strategy?.id,
  });
  expect(universe?.instruments.map(({ id }) => id)).toEqual([world.instrumentY, world.instrumentX]);
  expect(scan).toMatchObject({ universeId: universe?.id, summary: SUMMARY, job: null });
  expect(scan?.config.universeId).toBe(universe?.id);
  expect(await scanPairsOf(database, workspaceId, scan?.id ?? "")).toMatchObject([
    { instrumentY: world.instrumentY, pValue: 0.003 },
  ]);
  const view = await backtestOf(database, workspaceId, backtest?.id ?? "");
  expect(view.report?.trades).toHaveLength(1);
  expect(view.strategyVersion.id).toBe(strategy?.versions[0]?.id);
  const series = await backtestSeriesOf(database, workspaceId, backtest?.id ?? "");
  expect(series.bars).toBe(120);

  const [dataset] = await datasetsOf(database, workspaceId);
  const [run] = await learningRunsOf(database, workspaceId, null);
  expect(run).toMatchObject({ datasetId: dataset?.id, models: 1, job: null });
  const { summary } = await learningRunOf(database, workspaceId, run?.id ?? "");
  expect(summary?.results).toHaveLength(2);
  const key = { model: "1", group: "pooled" };
  expect(await runDetailOf(database, workspaceId, run?.id ?? "", key)).toMatchObject({
    hasFile: true,
  });
  const ids = [dataset?.id, dataset?.versions[0]?.id, run?.id];
  for (const original of Object.values(learning)) expect(ids).not.toContain(original);

  const copied = [universe?.id, scan?.id, strategy?.id, backtest?.id, view.strategyVersion.id];
  for (const original of Object.values(world)) expect(copied).not.toContain(original);
});

test("guests do not see each other, and none touches the demo", async () => {
  const { database } = subject;
  const [one, other] = await Promise.all([createGuest(database), createGuest(database)]);
  const [mine] = await universesOf(database, one.workspaceId);
  const [theirs] = await universesOf(database, other.workspaceId);
  expect(mine?.id).not.toBe(theirs?.id);
});
