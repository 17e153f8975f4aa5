import { afterAll, beforeAll, expect, test } from "vitest";
import { analysisConfig } from "#server/analysis-world.test-support.ts";
import { createPerson, createWorld, DATA_WINDOW } from "#server/world.test-support.ts";
import { jobById, requestJobCancel } from "./jobs.ts";
import { pairAnalysisOf, pairAnalysisSeriesOf, startPairAnalysis } from "./pair-analyses.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

async function asked() {
  const owner = await createPerson(subject.database);
  const world = await createWorld(subject.database, owner);
  return { owner, world, config: analysisConfig(world, DATA_WINDOW) };
}

test("a question that was answered is answered from the store", async () => {
  const { owner, world, config } = await asked();
  expect(await startPairAnalysis(subject.database, owner, config)).toEqual({
    analysisId: world.analysisId,
    jobId: null,
  });
});

test("other data, another setting or another workspace make another question", async () => {
  const { owner, world, config } = await asked();
  const { database } = subject;
  const other = await startPairAnalysis(database, owner, { ...config, zScoreWindowBars: 21 });
  expect(other.analysisId).not.toBe(world.analysisId);
  await database.pool.query("update bar_series set content_hash = 'new' where id = $1", [
    world.seriesId,
  ]);
  const later = await startPairAnalysis(database, owner, config);
  expect(later.analysisId).not.toBe(world.analysisId);
  const stranger = await createPerson(database);
  await expect(startPairAnalysis(database, stranger, config)).rejects.toMatchObject({
    code: "not-found",
    field: "instrumentY",
  });
});

test("asking twice at once starts one job, and asking after a cancelled one starts another", async () => {
  const { owner, config } = await asked();
  const { database } = subject;
  const question = { ...config, prices: "level" } as const;
  const [first, second] = await Promise.all([
    startPairAnalysis(database, owner, question),
    startPairAnalysis(database, owner, question),
  ]);
  expect(second).toEqual(first);
  const job = await jobById(database, owner.workspaceId, first.jobId ?? "");
  expect(job).toMatchObject({ kind: "pair-analysis", subjectId: first.analysisId });
  expect(job?.title).toMatch(/^Analysis of AAA\w+ \/ BBB\w+$/);
  await requestJobCancel(database, owner.workspaceId, first.jobId ?? "");
  const again = await startPairAnalysis(database, owner, question);
  expect(again.analysisId).toBe(first.analysisId);
  expect(again.jobId).not.toBe(first.jobId);
});

test("an analysis is read with its names, its answer and its series", async () => {
  const { world, config } = await asked();
  const { database } = subject;
  const view = await pairAnalysisOf(database, world.workspaceId, world.analysisId);
  expect(view).toMatchObject({ config, synthetic: false, result: { observations: 100 } });
  expect(view.symbolY).toMatch(/^AAA/);
  const series = await pairAnalysisSeriesOf(database, world.workspaceId, world.analysisId);
  expect(series).toMatchObject({ intervalMs: config.intervalMs, calendar: "continuous" });
  expect(series.columns.spread).toHaveLength(100);
});
