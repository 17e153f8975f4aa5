import { afterAll, beforeAll, expect, test } from "vitest";
import type { ScanPairRow } from "#contracts/scan.ts";
import { ScanSummary } from "#contracts/scan.ts";
import type { ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { listSeries } from "#db/instruments.ts";
import { jobById, requestJobCancel } from "#db/jobs.ts";
import { scanClustersOf } from "#db/scan-clusters.ts";
import { scanPairsOf } from "#db/scan-pairs.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  addJob,
  createScan,
  createTestEngine,
  createUniverse,
  createWorkspace,
  importFiles,
  runNow,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";

const BARS = 500;
const HONEST = SCAN_PRESETS.honest.funnel;

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;

/** AR(1) of standard normal innovations; a walk with the coefficient 1. */
function steps(seed: number, coefficient: number): number[] {
  const { gaussian } = createRandom(seed);
  let level = 0;
  return Array.from({ length: BARS }, () => {
    level = coefficient * level + gaussian();
    return level;
  });
}

const priced = (logs: readonly number[]) => logs.map((log) => 100 * Math.exp(log / 100));

function closesCsv(prices: readonly number[], isThere: (bar: number) => boolean = () => true) {
  const rows = prices.flatMap((price, i) =>
    isThere(i) ? [`${START_MS + i * HOUR_MS},${price.toFixed(8)}`] : [],
  );
  return ["ts,close", ...rows].join("\n");
}

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  const common = steps(5, 1);
  const noise = steps(2, 0.5);
  await importFiles(engine, workspaceId, [
    { name: "AAA.csv", bytes: closesCsv(priced(common)) },
    { name: "BBB.csv", bytes: closesCsv(priced(common.map((log, i) => log + (noise[i] ?? 0)))) },
    { name: "GAPS.csv", bytes: closesCsv(priced(steps(3, 1)), (bar) => bar % 5 > 1) },
    { name: "HALT.csv", bytes: closesCsv(priced(steps(4, 1)).map((p, i) => (i < 9 ? p : 100))) },
    { name: "LONE.csv", bytes: closesCsv(priced(steps(11, 1))) },
    { name: "MEAN.csv", bytes: closesCsv(priced(steps(6, 0.3))) },
  ]);
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

/** Of all instruments unless told. */
type Settings = Partial<ScanFunnelConfig> & { readonly universe?: readonly string[] };

async function addScan({ universe, ...funnel }: Settings): Promise<string> {
  const series = await listSeries(context.database, workspaceId);
  const chosen = series.filter(({ symbol }) => universe?.includes(symbol) ?? true);
  const ids = chosen.map(({ instrumentId }) => instrumentId);
  return createScan(context.database, workspaceId, {
    ...SCAN_PRESETS.honest,
    universeId: await createUniverse(context.database, workspaceId, HOUR_MS, ids),
    formation: { startMs: START_MS, endMs: START_MS + BARS * HOUR_MS },
    funnel: { ...HONEST, preset: "custom", ...funnel },
  });
}

async function scan(settings: Settings = {}) {
  const scanId = await addScan(settings);
  const job = await runNow(engine, workspaceId, { kind: "scan", scanId });
  const { rows } = await context.database.pool.query("SELECT summary FROM scan WHERE id = $1", [
    scanId,
  ]);
  return {
    job,
    rows: await scanPairsOf(context.database, workspaceId, scanId),
    clusters: await scanClustersOf(context.database, workspaceId, scanId),
    summary: ScanSummary.nullable().parse(rows[0]?.summary ?? null),
  };
}

function standing(rows: readonly ScanPairRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.map(({ symbolY, symbolX, funnel }) => [
      `${symbolY} ${symbolX}`,
      funnel?.reason ?? funnel?.stage ?? "",
    ]),
  );
}

test("every candidate says where it fell out, and the counts add up", async () => {
  const { job, rows, summary, clusters } = await scan();
  expect(job).toMatchObject({ state: "succeeded", error: null });
  expect(standing(rows)).toEqual({
    "AAA BBB": "passed",
    "AAA LONE": "not-cointegrated",
    "AAA MEAN": "leg-stationary",
    "BBB LONE": "not-cointegrated",
    "BBB MEAN": "leg-stationary",
    "LONE MEAN": "leg-stationary",
  });
  expect(summary).toMatchObject({ pairCount: 6, testedCount: 6, discoveredCount: 1 });
  expect(summary?.funnel).toMatchObject({
    instrumentCount: 6,
    keptInstrumentCount: 4,
    candidateCount: 6,
    passedCount: 1,
  });
  expect(summary?.funnel?.steps.slice(0, 2)).toEqual([
    {
      stage: "quality",
      entered: 15,
      passed: 6,
      reasons: [
        { reason: "too-many-missing", count: 5 },
        { reason: "too-often-frozen", count: 4 },
      ],
    },
    {
      stage: "unit-roots",
      entered: 6,
      passed: 3,
      reasons: [{ reason: "leg-stationary", count: 3 }],
    },
  ]);
  expect(clusters?.points.map(({ symbol }) => symbol)).toEqual(["AAA", "BBB", "LONE", "MEAN"]);
});

test("a pair that passed has all figures of the funnel", async () => {
  const [best] = (await scan()).rows;
  expect(best).toMatchObject({ symbolY: "AAA", symbolX: "BBB", refusal: null });
  expect(best?.pValue).toBe(best?.funnel?.combinedPValue);
  expect(best?.qValue).toBeGreaterThanOrEqual(best?.pValue ?? 1);
  expect(best?.funnel).toMatchObject({ rank: 1, stage: "passed", reason: null, cluster: null });
  expect(best?.funnel?.johansenPValue).toBeLessThan(0.05);
  expect(best?.funnel?.hurst).toBeLessThan(0.5);
  expect(best?.funnel?.meanCrossings).toBeGreaterThan(12);
});

async function group(groups: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const series = await listSeries(context.database, workspaceId);
  for (const { symbol, instrumentId } of series) {
    const [name = ""] = Object.keys(groups).filter((key) => groups[key]?.includes(symbol));
    await context.database.pool.query('UPDATE instrument SET "group" = $2 WHERE id = $1', [
      instrumentId,
      name,
    ]);
  }
}

test("an unlikely pair has the same figures whether the kernel or the exact screen found them", async () => {
  await group({ metals: ["AAA", "LONE"] });
  const [exact] = (await scan({ clustering: { kind: "group" } })).rows;
  const all = (await scan()).rows;
  const kernel = all.find(({ symbolY, symbolX }) => symbolY === "AAA" && symbolX === "LONE");
  expect(kernel).toMatchObject({
    lagsYx: exact?.lagsYx,
    lagsXy: exact?.lagsXy,
    observations: BARS,
  });
  const close = (found?: number | null, expected?: number | null) =>
    expect(Math.abs((found ?? Number.NaN) / (expected ?? Number.NaN) - 1)).toBeLessThan(1e-8);
  close(kernel?.hedgeRatio, exact?.hedgeRatio);
  close(kernel?.statisticYx, exact?.statisticYx);
  close(kernel?.pValueXy, exact?.pValueXy);
  close(kernel?.pValue, exact?.pValue);
  close(kernel?.halfLifeBars, exact?.halfLifeBars);
  close(kernel?.correlation, exact?.correlation);
});

test("with clusters only pairs within one are candidates", async () => {
  await group({ energy: ["AAA", "BBB"], metals: ["LONE"] });
  const { rows, summary } = await scan({ clustering: { kind: "group" } });
  expect(rows.map(({ symbolY, symbolX, funnel }) => [symbolY, symbolX, funnel?.cluster])).toEqual([
    ["AAA", "BBB", 0],
  ]);
  expect(summary?.funnel).toMatchObject({ clusterCount: 2, assignedCount: 3, candidateCount: 1 });
  expect(summary?.funnel?.steps[1]).toEqual({
    stage: "clustering",
    entered: 6,
    passed: 1,
    reasons: [
      { reason: "no-cluster", count: 3 },
      { reason: "other-cluster", count: 2 },
    ],
  });
});

test("the naive test is of the second of a pair on the first", async () => {
  const { rows } = await scan({ test: { kind: "naive" }, prices: "level" });
  const row = rows.find(({ symbolX, symbolY }) => symbolX === "AAA" && symbolY === "BBB");
  expect(row).toMatchObject({ pValueXy: null, qValue: null });
  expect(row?.pValue).toBe(row?.pValueYx);
  expect(row?.funnel?.combinedPValue).toBeGreaterThan(row?.pValue ?? 1);
});

test("a universe too small for its clustering fails in words", async () => {
  const { job, rows, clusters } = await scan({
    clustering: { kind: "optics", components: 3, minSamples: 50, epsMax: null, xi: 0.05 },
  });
  expect(job).toMatchObject({ state: "failed", error: { code: "invalid-input" } });
  expect(job.error?.message).toContain("minSamples");
  expect([rows, clusters]).toEqual([[], null]);
});

test("a universe in which nobody is good enough has an empty result", async () => {
  const { job, rows, clusters, summary } = await scan({
    universe: ["GAPS", "HALT"],
  });
  expect(job).toMatchObject({ state: "succeeded", error: null });
  expect(summary?.funnel).toMatchObject({ keptInstrumentCount: 0, candidateCount: 0 });
  expect(summary?.funnel?.steps.at(-1)).toMatchObject({ entered: 0, passed: 0 });
  expect([rows, clusters]).toEqual([[], null]);
});

test("a scan that is cancelled while it tests candidates stores nothing", async () => {
  const scanId = await addScan({});
  const jobId = await addJob(context.database, workspaceId, { kind: "scan", scanId });
  const { compute } = engine;
  const run: JobEngine["compute"]["run"] = async (kind, input, options) => {
    if (kind !== "screen-candidates") return compute.run(kind, input, options);
    await requestJobCancel(context.database, workspaceId, jobId);
    return new Promise((_, reject) => {
      options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
    });
  };
  await runJob({ ...engine, compute: { ...compute, run } }, jobId, new AbortController().signal);
  expect(await jobById(context.database, workspaceId, jobId)).toMatchObject({ state: "cancelled" });
  expect(await scanPairsOf(context.database, workspaceId, scanId)).toEqual([]);
});
