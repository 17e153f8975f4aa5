import { afterAll, beforeAll, expect, test } from "vitest";
import type { Manifest } from "#contracts/manifest.ts";
import type { ScanSummary } from "#contracts/scan.ts";
import { allPairs } from "#quant/kernels/pair-order.ts";
import { PAIR_REFUSALS } from "#quant/kernels/pair-results.ts";
import { candidateColumnsBytes, candidateColumnsIn } from "#quant/pairs/candidate-columns.ts";
import { PAIR_VERDICTS } from "#quant/pairs/pair-verdict.ts";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import type { ScanPairs, ScanPairsFunnel } from "./scan-pair-copy.ts";
import { scanPairsOf } from "./scan-pairs.test-support.ts";
import { saveScanResult } from "./scan-results.ts";
import { scanOf } from "./scans.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const MANIFEST: Manifest = {
  configHash: "1",
  dataHash: "2",
  codeHash: "3",
  series: [],
  computedAtMs: 0,
};

const SUMMARY: ScanSummary = {
  pairCount: 3,
  testedCount: 2,
  refusedCount: 1,
  rejectedCount: 0,
  expectedFalseCount: 0.1,
  discoveredCount: 0,
  durationMs: 5,
};

/** Every figure of a pair another number, so that a column in the wrong place is seen. */
function pairsOf(instrumentIds: readonly number[]) {
  const pairs = allPairs(instrumentIds.length);
  const count = pairs.length / 2;
  const figures = candidateColumnsIn(new ArrayBuffer(candidateColumnsBytes(count)), count);
  for (const [place, column] of Object.values(figures).entries()) {
    for (let i = 0; i < count; i++) column[i] = i + place / 32;
  }
  figures.refusal.fill(0);
  return {
    instrumentIds: Int32Array.from(instrumentIds),
    pairs,
    figures,
    pValues: figures.pValue,
    qValues: Float64Array.from({ length: count }, (_, i) => i + 0.5),
    funnel: null,
  };
}

/** What only a funnel has; the pairs came to these stages. */
function funnelOf(
  { figures }: ReturnType<typeof pairsOf>,
  reasons: readonly (string | null)[],
): ScanPairsFunnel {
  return {
    ...figures,
    verdict: Uint8Array.from(reasons, (reason) =>
      PAIR_VERDICTS.findIndex((verdict) => verdict.reason === reason),
    ),
    rank: Int32Array.from(reasons, (reason) => (reason === null ? 1 : 0)),
    cluster: Int32Array.from(reasons, (_, i) => i - 1),
  };
}

async function save(scanId: string, pairs: ScanPairs, signal = new AbortController().signal) {
  const result = { pairs, clusters: null, summary: SUMMARY, manifest: MANIFEST };
  await inTransaction(subject.database.pool, (client) =>
    saveScanResult(client, scanId, result, { signal }),
  );
}

test("each pair is stored with its own figures, and a refused one with its reason", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const pairs = pairsOf([world.instrumentY, 900_001, 900_002]);
  const { figures } = pairs;
  figures.refusal[1] = PAIR_REFUSALS.indexOf("collinear");
  pairs.pValues[1] = Number.NaN;
  pairs.qValues[1] = Number.NaN;
  figures.halfLifeBars[2] = Number.NaN;
  await save(world.scanId, pairs);
  const rows = await scanPairsOf(database, world.workspaceId, world.scanId);
  const figuresOf = (i: number) => ({
    refusal: null,
    observations: figures.observations[i],
    hedgeRatio: figures.hedgeRatio[i],
    intercept: figures.intercept[i],
    statisticYx: figures.statisticYx[i],
    pValueYx: figures.pValueYx[i],
    lagsYx: figures.lagsYx[i],
    statisticXy: figures.statisticXy[i],
    pValueXy: figures.pValueXy[i],
    lagsXy: figures.lagsXy[i],
    pValue: pairs.pValues[i],
    qValue: pairs.qValues[i],
    funnel: null,
    halfLifeBars: figures.halfLifeBars[i],
    correlation: figures.correlation[i],
  });
  expect(rows).toMatchObject([
    { instrumentY: world.instrumentY, instrumentX: 900_001, ...figuresOf(0) },
    { instrumentY: 900_001, instrumentX: 900_002, ...figuresOf(2), halfLifeBars: null },
    {
      instrumentY: world.instrumentY,
      instrumentX: 900_002,
      refusal: "collinear",
      observations: figures.observations[1],
      hedgeRatio: null,
      pValue: null,
      qValue: null,
      correlation: null,
    },
  ]);
  const scan = await scanOf(database, world.workspaceId, world.scanId);
  expect(scan).toMatchObject({ summary: SUMMARY, manifest: MANIFEST });
});

test("each pair of a funnel is stored with where it came to and the figures of the funnel", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const pairs = pairsOf([world.instrumentY, 900_001, 900_002]);
  const { figures } = pairs;
  figures.hurst[1] = Number.NaN;
  figures.meanCrossings[1] = -1;
  figures.refusal[2] = PAIR_REFUSALS.indexOf("constant");
  pairs.pValues[2] = Number.NaN;
  figures.combinedPValue[2] = Number.NaN;
  const reasons = [null, "not-after-correction", "refused"];
  await save(world.scanId, { ...pairs, funnel: funnelOf(pairs, reasons) });
  const rows = await scanPairsOf(database, world.workspaceId, world.scanId);
  expect(rows.map(({ funnel }) => funnel)).toEqual([
    {
      stage: "passed",
      reason: null,
      rank: 1,
      cluster: null,
      pValue: pairs.pValues[0],
      combinedPValue: figures.combinedPValue[0],
      johansenPValue: figures.johansenPValue[0],
      hurst: figures.hurst[0],
      meanCrossings: figures.meanCrossings[0],
    },
    expect.objectContaining({
      stage: "correction",
      reason: "not-after-correction",
      rank: null,
      cluster: 0,
      hurst: null,
      meanCrossings: null,
    }),
    expect.objectContaining({
      stage: "cointegration",
      reason: "refused",
      cluster: 1,
      pValue: null,
      combinedPValue: null,
    }),
  ]);
});

test("a scan that is deleted takes its pairs with it", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const others = await scanPairsOf(database, world.workspaceId, world.scanId);
  const kept = await createWorld(database, await createPerson(database));
  expect(others).toHaveLength(1);
  await database.pool.query("delete from workspace where id = $1", [world.workspaceId]);
  const { rows } = await database.pool.query(
    "select scan_id from scan_pair where scan_id = any($1)",
    [[world.scanId, kept.scanId]],
  );
  expect(rows).toEqual([{ scan_id: kept.scanId }]);
});

test("no pairs are stored of a scan that is gone", async () => {
  const gone = "00000000-0000-4000-8000-000000000000";
  await expect(save(gone, pairsOf([900_000, 900_001]))).rejects.toMatchObject({
    code: "not-found",
  });
});

test("a result that is no longer wanted leaves what was there", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const before = await scanPairsOf(database, world.workspaceId, world.scanId);
  const many = pairsOf(Array.from({ length: 400 }, (_, i) => 900_000 + i));
  await expect(
    save(world.scanId, many, AbortSignal.abort(new Error("cancelled"))),
  ).rejects.toThrow();
  expect(await scanPairsOf(database, world.workspaceId, world.scanId)).toEqual(before);
  await save(world.scanId, many);
  expect(await scanPairsOf(database, world.workspaceId, world.scanId)).toHaveLength(79_800);
});
