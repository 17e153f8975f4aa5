import { afterAll, beforeAll, expect, test } from "vitest";
import { ScanSummary } from "#contracts/scan.ts";
import type { ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  createScan,
  createTestEngine,
  createUniverse,
  createWorkspace,
  importFiles,
  runNow,
} from "./job-harness.test-support.ts";

const BARS = 300;
const WHOLE = { startMs: START_MS, endMs: START_MS + BARS * HOUR_MS };

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let universeId: string;

/** Bars of a walk by its seed, and how much a second walk is mixed in. */
function closes(seed: number, mixed: { readonly seed: number; readonly share: number } | null) {
  const own = createRandom(seed);
  const other = createRandom(mixed?.seed ?? 0);
  let log = 0;
  const lines = Array.from({ length: BARS }, (_, i) => {
    log += 0.01 * (own.gaussian() + (mixed?.share ?? 0) * other.gaussian());
    return `${START_MS + i * HOUR_MS},${(100 * Math.exp(log)).toFixed(8)}`;
  });
  return ["ts,close", ...lines].join("\n");
}

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  await importFiles(engine, workspaceId, [
    { name: "AAA.csv", bytes: closes(1, null) },
    // A walk with a little of another: near, and highly correlated.
    { name: "BBB.csv", bytes: closes(1, { seed: 9, share: 0.1 }) },
    { name: "CCC.csv", bytes: closes(2, null) },
    { name: "DDD.csv", bytes: closes(3, null) },
  ]);
  universeId = await createUniverse(context.database, workspaceId, HOUR_MS);
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

async function scan(funnel: Partial<ScanFunnelConfig>, formation = WHOLE) {
  const scanId = await createScan(context.database, workspaceId, {
    ...SCAN_PRESETS.honest,
    universeId,
    formation,
    funnel: { ...SCAN_PRESETS.honest.funnel, preset: "custom", ...funnel },
  });
  const job = await runNow(engine, workspaceId, { kind: "scan", scanId });
  const stored = await context.database.pool.query("SELECT summary FROM scan WHERE id = $1", [
    scanId,
  ]);
  const { rows } = await context.database.pool.query<{ pair: string; cluster: number | null }>(
    `SELECT y.symbol || ' ' || x.symbol AS pair, cluster FROM scan_pair
     JOIN instrument y ON y.id = instrument_y JOIN instrument x ON x.id = instrument_x
     WHERE scan_id = $1`,
    [scanId],
  );
  return { job, rows, summary: ScanSummary.nullable().parse(stored.rows[0]?.summary ?? null) };
}

test("a funnel says what each baseline would have chosen, and what it made of these pairs", async () => {
  const { summary } = await scan({});
  const baselines = summary?.funnel?.baselines ?? [];
  expect(baselines.map(({ kind, pairs }) => [kind, pairs.length])).toEqual([
    ["distance", 6],
    ["correlation", 6],
  ]);
  for (const { pairs } of baselines) {
    expect(pairs[0]).toMatchObject({ symbolY: "AAA", symbolX: "BBB" });
    expect(pairs.every(({ stage }) => stage !== null)).toBe(true);
  }
  const [distance, correlation] = baselines.map(({ pairs }) => pairs.map(({ value }) => value));
  expect(distance).toEqual(distance?.toSorted((a, b) => a - b));
  expect(correlation).toEqual(correlation?.toSorted((a, b) => b - a));
  expect(correlation?.[0]).toBeGreaterThan(0.95);
});

test.each(["distance", "correlation"] as const)(
  "pairs that the %s baseline chooses are the candidates, and the others are counted",
  async (kind) => {
    const { job, rows, summary } = await scan({ clustering: { kind, pairs: 2 } });
    expect(job).toMatchObject({ state: "succeeded", error: null });
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({ pair: "AAA BBB", cluster: null });
    expect(summary).toMatchObject({ pairCount: 2, funnel: { candidateCount: 2 } });
    expect(summary?.funnel?.steps[1]).toEqual({
      stage: "baseline",
      entered: 6,
      passed: 2,
      reasons: [{ reason: "not-selected", count: 4 }],
    });
    const chosen = summary?.funnel?.baselines?.find((baseline) => baseline.kind === kind)?.pairs;
    expect(chosen?.map(({ stage }) => stage === null)).toEqual([
      ...[false, false],
      ...[true, true, true, true],
    ]);
  },
);

test("too few common bars leave the baselines out, and cannot choose candidates", async () => {
  // All four share the first 29 bars of this window; the rest only AAA has, so that it is long enough.
  const { rowCount } = await context.database.pool.query(
    `DELETE FROM bar b USING bar_series s, instrument i
      WHERE s.id = b.series_id AND i.id = s.instrument_id AND i.workspace_id = $1
        AND i.symbol <> 'AAA' AND b.open_time_ms >= $2`,
    [workspaceId, START_MS + 29 * HOUR_MS],
  );
  expect(rowCount).toBe(3 * (BARS - 29));
  const formation = { startMs: START_MS, endMs: START_MS + 40 * HOUR_MS };
  const quality = { missingShareMax: 1, frozenShareMax: 1 };
  const { summary } = await scan({ quality }, formation);
  expect(summary?.funnel?.baselines).toBeUndefined();
  const clustering = { kind: "distance", pairs: 2 } as const;
  const { job } = await scan({ quality, clustering }, formation);
  expect(job).toMatchObject({ state: "failed", error: { field: "funnel.clustering.kind" } });
});
