// The published comparison as a job, from uploaded prices to the rows of its page, on the prices that it was
// published with. These are not part of the project; without them nothing is held against the published figures.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findThesisPairs } from "#app/(app)/models/runs/thesis-pairs.ts";
import { thesisRows } from "#app/(app)/models/runs/thesis-rows.ts";
import { DatasetConfig } from "#contracts/dataset.ts";
import { THESIS_PAIRS, THESIS_SPANS, thesisDataset } from "#contracts/thesis-comparison.ts";
import { createDataset } from "#db/datasets.ts";
import { listSeries } from "#db/instruments.ts";
import { learningRunOf, startLearningRun } from "#db/learning-runs.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  createTestEngine,
  createWorkspace,
  importFiles,
  NEVER_STOPPING,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";

const PRICES = new URL(
  "../../../../shared/data/equities/thesis-etf-close-2023.csv.gz",
  import.meta.url,
);
const HAS_PRICES = existsSync(PRICES);

let context: TestDatabase;
let engine: JobEngine;

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

/** The published prices without the hundreds of funds that are in no pair. */
function pricesOfPairs(): string {
  const rows = gunzipSync(readFileSync(PRICES))
    .toString("utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const paired = new Set(THESIS_PAIRS.flat());
  const kept = [...(rows[0] ?? []).entries()].flatMap(([place, symbol]) =>
    place === 0 || paired.has(symbol) ? [place] : [],
  );
  return rows.map((row) => kept.map((place) => row[place]).join(",")).join("\n");
}

test.skipIf(HAS_PRICES)("there are no published prices beside the project", ({ skip }) => {
  skip("../shared/data is not there: the comparison was not held against what was published");
});

describe.skipIf(!HAS_PRICES)("the preset of the published comparison", () => {
  test("has the trends of RLRT right in 83.6 % as published and in 41.7 % against the last value", async () => {
    const { database } = engine;
    const workspaceId = await createWorkspace(database);
    const file = { name: "closes.csv", bytes: pricesOfPairs() };
    await importFiles(engine, workspaceId, [file], "skip");
    const window = THESIS_SPANS["2023"];
    const series = await listSeries(database, workspaceId, {});
    const { books, missing, short } = findThesisPairs(series, window);
    expect({ missing, short }).toEqual({ missing: [], short: [] });
    const config = DatasetConfig.parse(thesisDataset(books, window));
    const dataset = { name: "Thesis", notes: "", config };
    const { versionId } = await createDataset(database, workspaceId, dataset);
    const owner = { workspaceId, userId: randomUUID() };
    const run = { datasetVersionId: versionId, name: "Thesis" };
    const { runId, jobId } = await startLearningRun(database, owner, {
      ...run,
      config: { kind: "thesis", seed: 1 },
    });
    await runJob(engine, jobId, NEVER_STOPPING);
    const { summary, job } = await learningRunOf(database, workspaceId, runId);
    expect(job?.error).toBeNull();
    expect(summary?.groups.map(({ rows }) => rows)).toEqual(Array.from({ length: 19 }, () => 250));
    const rows = summary === null ? [] : thesisRows(summary);
    const percent = (share: number | null | undefined) => Math.round(1000 * (share ?? 0)) / 10;
    const said = (key: string) => {
      const row = rows.find((one) => one.key === key);
      return [percent(row?.published), percent(row?.againstLast), row?.pairs];
    };
    expect(said("rlrt whole")).toEqual([83.6, 41.7, 19]);
    expect(said("rlrt best")).toEqual([84.9, 42.9, 19]);
    expect(summary?.warnings.join(" ")).toContain("41.7 %, mean over the pairs: worse than a coin");
  });
});
