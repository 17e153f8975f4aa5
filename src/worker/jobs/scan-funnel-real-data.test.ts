// The published results of a funnel, run as jobs over the uploaded prices. The data is not part of the
// project; without it the test is skipped.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ScanSummary } from "#contracts/scan.ts";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { scanClustersOf } from "#db/scan-clusters.ts";
import { scanPairsOf } from "#db/scan-pairs.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  createScan,
  createTestEngine,
  createUniverse,
  createWorkspace,
  importFiles,
  runNow,
} from "./job-harness.test-support.ts";

const SHARED = path.resolve(import.meta.dirname, "../../../../shared");
const PRICES = path.join(SHARED, "data/equities/thesis-etf-close-2019-2022.csv.gz");
const STATISTICS = path.join(SHARED, "golden/thesis/candidate-pair-statistics.csv");
const isAbsent = !(existsSync(PRICES) && existsSync(STATISTICS));
const DAY_MS = 86_400_000;

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let universeId: string;

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  if (isAbsent) return;
  workspaceId = await createWorkspace(engine.database);
  const files = [{ name: path.basename(PRICES), bytes: readFileSync(PRICES) }];
  const uploads = await importFiles(engine, workspaceId, files, "skip");
  expect(uploads.filter(({ state }) => state !== "imported")).toEqual([]);
  universeId = await createUniverse(engine.database, workspaceId, DAY_MS);
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

async function scan(name: "thesis" | "service") {
  const scanId = await createScan(engine.database, workspaceId, {
    universeId,
    formation: { startMs: Date.UTC(2019, 0, 1), endMs: Date.UTC(2023, 0, 1) },
    ...SCAN_PRESETS[name],
  });
  const job = await runNow(engine, workspaceId, { kind: "scan", scanId });
  expect(job).toMatchObject({ state: "succeeded", error: null });
  const stored = await engine.database.pool.query("SELECT summary FROM scan WHERE id = $1", [
    scanId,
  ]);
  return {
    rows: await scanPairsOf(engine.database, workspaceId, scanId),
    clusters: await scanClustersOf(engine.database, workspaceId, scanId),
    summary: ScanSummary.parse(stored.rows[0]?.summary),
  };
}

test.skipIf(isAbsent).each([
  { name: "thesis", clusterCount: 22, assignedCount: 92, candidateCount: 166, passedCount: 19 },
  { name: "service", clusterCount: 6, assignedCount: 71, candidateCount: 804, passedCount: 85 },
] as const)("the preset $name has its published counts", async ({ name, ...counts }) => {
  const { rows, clusters, summary } = await scan(name);
  expect(summary.funnel).toMatchObject({ keptInstrumentCount: 214, ...counts });
  expect(summary).toMatchObject({ pairCount: counts.candidateCount, refusedCount: 0 });
  expect(rows).toHaveLength(counts.candidateCount);
  const passed = rows.filter(({ funnel }) => funnel?.stage === "passed");
  expect(passed).toHaveLength(counts.passedCount);
  expect(passed.map(({ funnel }) => funnel?.rank)).toEqual(passed.map((_, i) => i + 1));
  expect(summary.funnel?.steps.at(-1)?.passed).toBe(counts.passedCount);
  expect(clusters?.points).toHaveLength(214);
  const ratios = [0.66434865, 0.08302953, 0.0317344, 0.02497835, 0.02058704];
  for (const [i, ratio] of ratios.entries()) {
    expect(Math.abs((clusters?.explainedVarianceRatio[i] ?? 0) - ratio)).toBeLessThan(5.1e-9);
  }
});

test.skipIf(isAbsent)(
  "the preset thesis has all published numbers of every candidate",
  async () => {
    const { rows } = await scan("thesis");
    const byPair = new Map(rows.map((row) => [`${row.symbolX}/${row.symbolY}`, row]));
    const [, ...lines] = readFileSync(STATISTICS, "utf8").trim().split("\n");
    expect(lines).toHaveLength(159);
    for (const line of lines) {
      const [, slope, intercept, p, hurst, halfLife, crossings, pair = ""] = line.split(",");
      const row = byPair.get(pair);
      if (row === undefined) throw new Error(`no pair ${pair}`);
      const figures = [
        [row.hedgeRatio, slope],
        [row.intercept, intercept],
        [row.pValue, p],
        [row.funnel?.hurst, hurst],
        [row.halfLifeBars, halfLife],
        [row.funnel?.meanCrossings, crossings],
      ] as const;
      for (const [actual, expected] of figures) {
        const size = Math.abs(Number(expected));
        expect(Math.abs((actual ?? Number.NaN) - Number(expected))).toBeLessThan(
          1e-9 + 1e-7 * size,
        );
      }
      const isPublished =
        Number(p) < 0.1 && Number(hurst) < 0.5 && Number(halfLife) < 260 && Number(crossings) > 48;
      expect(row.funnel?.stage === "passed").toBe(isPublished);
    }
  },
);
