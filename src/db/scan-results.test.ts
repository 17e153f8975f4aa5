import { afterAll, beforeAll, expect, test } from "vitest";
import type { Manifest } from "#contracts/manifest.ts";
import type { ScanSummary } from "#contracts/scan.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import { PAIR_REFUSALS, pairResultsBytes, pairResultsIn } from "#quant/kernels/pair-results.ts";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import type { ScanPairs } from "./scan-pair-copy.ts";
import { saveScanResult } from "./scan-results.ts";
import { scanOf, scanPairsOf } from "./scans.ts";
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
function pairsOf(instrumentIds: readonly number[]): ScanPairs {
  const count = pairCount(instrumentIds.length);
  const results = pairResultsIn(new ArrayBuffer(pairResultsBytes(count)), count);
  for (const [place, column] of Object.values(results).entries()) {
    for (let i = 0; i < count; i++) column[i] = i + place / 16;
  }
  results.refusal.fill(0);
  return {
    instrumentIds: Int32Array.from(instrumentIds),
    results,
    qValues: Float64Array.from({ length: count }, (_, i) => i + 0.5),
  };
}

async function save(scanId: string, pairs: ScanPairs, signal = new AbortController().signal) {
  await inTransaction(subject.database.pool, (client) =>
    saveScanResult(client, scanId, { pairs, summary: SUMMARY, manifest: MANIFEST }, signal),
  );
}

test("each pair is stored with its own figures, and a refused one with its reason", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const pairs = pairsOf([world.instrumentY, 900_001, 900_002]);
  const { results } = pairs;
  results.refusal[1] = PAIR_REFUSALS.indexOf("collinear");
  results.halfLifeBars[2] = Number.NaN;
  await save(world.scanId, pairs);
  const rows = await scanPairsOf(database, world.workspaceId, world.scanId);
  const figuresOf = (i: number) => ({
    refusal: null,
    observations: results.observations[i],
    hedgeRatio: results.hedgeRatio[i],
    intercept: results.intercept[i],
    statisticYx: results.statisticYx[i],
    pValueYx: results.pValueYx[i],
    lagsYx: results.lagsYx[i],
    statisticXy: results.statisticXy[i],
    pValueXy: results.pValueXy[i],
    lagsXy: results.lagsXy[i],
    qValue: pairs.qValues[i],
    halfLifeBars: results.halfLifeBars[i],
    correlation: results.correlation[i],
  });
  expect(rows).toMatchObject([
    { instrumentY: world.instrumentY, instrumentX: 900_001, ...figuresOf(0) },
    { instrumentY: 900_001, instrumentX: 900_002, ...figuresOf(2), halfLifeBars: null },
    {
      instrumentY: world.instrumentY,
      instrumentX: 900_002,
      refusal: "collinear",
      observations: results.observations[1],
      hedgeRatio: null,
      qValue: null,
      correlation: null,
    },
  ]);
  const scan = await scanOf(database, world.workspaceId, world.scanId);
  expect(scan).toMatchObject({ summary: SUMMARY, manifest: MANIFEST });
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
