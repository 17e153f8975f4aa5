// The scan, run as a job over uploaded real data, against what statsmodels says. The data is not part of
// the project; without it the test is skipped.
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { INTERVALS } from "#contracts/bar-intervals.ts";
import type { ScanConfig, ScanPairRow } from "#contracts/scan.ts";
import { ScanSummary } from "#contracts/scan.ts";
import { listSeries } from "#db/instruments.ts";
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

const DATA = path.resolve(import.meta.dirname, "../../../../shared/data");
const isAbsent = !existsSync(DATA);
const HOUR_MS = 3_600_000;
const FIRST_HALF_OF_2023 = { startMs: Date.UTC(2023, 0, 1), endMs: Date.UTC(2023, 6, 1) };
const FIXED_LAG = { kind: "fixed", lags: 1 } as const;

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

async function importFolder(workspaceId: string, pattern: string): Promise<void> {
  const files = globSync(pattern, { cwd: DATA }).map((file) => ({
    name: path.basename(file),
    bytes: readFileSync(path.join(DATA, file)),
  }));
  const uploads = await importFiles(engine, workspaceId, files, "skip");
  expect(uploads.filter(({ state }) => state !== "imported")).toEqual([]);
}

let hourly: Promise<string> | undefined;

/** A workspace with all hourly prices, which several tests read and one import is enough for. */
function hourlyWorkspace(): Promise<string> {
  hourly ??= (async () => {
    const workspaceId = await createWorkspace(engine.database);
    await importFolder(workspaceId, "crypto/1h/*.csv.gz");
    return workspaceId;
  })();
  return hourly;
}

async function workspaceWith(files: readonly string[]): Promise<string> {
  if (files.every((file) => file.startsWith("crypto/1h/"))) return hourlyWorkspace();
  const workspaceId = await createWorkspace(engine.database);
  for (const file of files) await importFolder(workspaceId, file);
  return workspaceId;
}

async function scan(
  workspaceId: string,
  config: Omit<ScanConfig, "significance" | "direction">,
): Promise<{ readonly rows: readonly ScanPairRow[]; readonly summary: ScanSummary }> {
  const scanId = await createScan(engine.database, workspaceId, {
    ...config,
    direction: "y-on-x",
    significance: 0.05,
  });
  const job = await runNow(engine, workspaceId, { kind: "scan", scanId });
  expect(job).toMatchObject({ state: "succeeded", error: null });
  const stored = await engine.database.pool.query("SELECT summary FROM scan WHERE id = $1", [
    scanId,
  ]);
  return {
    rows: await scanPairsOf(engine.database, workspaceId, scanId),
    summary: ScanSummary.parse(stored.rows[0]?.summary),
  };
}

function expectRelative(actual: number | null, expected: number, tolerance: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    tolerance * Math.abs(expected),
  );
}

test.skipIf(isAbsent)(
  "the scan of 24 hourly symbols reproduces the reference: 49 pairs below 0.05, 2 after correction",
  async () => {
    const workspaceId = await hourlyWorkspace();
    const universeId = await createUniverse(engine.database, workspaceId, HOUR_MS);
    const { rows, summary } = await scan(workspaceId, {
      universeId,
      formation: FIRST_HALF_OF_2023,
      lags: FIXED_LAG,
    });
    expect(summary).toMatchObject({
      pairCount: 276,
      testedCount: 276,
      refusedCount: 0,
      rejectedCount: 49,
      discoveredCount: 2,
    });
    const byPair = new Map(
      rows.map((row) => [[row.symbolY, row.symbolX].join().replaceAll("USDT", ""), row]),
    );
    const [, ...lines] = readFileSync(path.join(DATA, "scan-1h-2023H1.csv"), "utf8")
      .trim()
      .split("\n");
    expect(lines).toHaveLength(276);
    for (const line of lines) {
      const [y, x, n, alpha, beta, statistic, pValue, halfLife, correlation, , qValue] =
        line.split(",");
      const row = byPair.get([y, x].join());
      if (row === undefined) throw new Error(`no pair ${y} ${x}`);
      expect(row.observations).toBe(Number(n));
      expectRelative(row.intercept, Number(alpha), 1e-8);
      expectRelative(row.hedgeRatio, Number(beta), 1e-8);
      expectRelative(row.statisticYx, Number(statistic), 1e-8);
      expect(Math.abs((row.pValueYx ?? 9) - Number(pValue))).toBeLessThan(1e-6);
      expect(Math.abs((row.qValue ?? 9) - Number(qValue))).toBeLessThan(1e-6);
      if (halfLife === "") {
        expect(row.halfLifeBars).toBeNull();
      } else {
        // The reference states −ln 2 / λ; a scan states −ln 2 / ln(1 + λ).
        const exact = -Math.LN2 / Math.log1p(-Math.LN2 / Number(halfLife));
        expectRelative(row.halfLifeBars, exact, 1e-6);
      }
      expectRelative(row.correlation, Number(correlation), 1e-8);
    }
  },
);

const Test = z.object({ stat: z.number().nullable(), p: z.number() });
const Leg = z.object({ file: z.string(), symbol: z.string() });
const ReferencePair = z.object({
  name: z.string(),
  y: Leg,
  x: Leg,
  window: z.tuple([z.number().nullable(), z.number().nullable()]),
  n: z.number(),
  ols: z.object({ alpha: z.number(), beta: z.number() }),
  coint_c_aic: Test,
  coint_reverse_c_aic: Test,
  half_life: z.object({ ln2_over_neg_log1p: z.number() }),
  returns_corr: z.number(),
});
type ReferencePair = z.infer<typeof ReferencePair>;

/** Pairs by the interval and window of their scan. Monthly prices cannot be uploaded, so econ/ is left out. */
function referenceScans(): readonly {
  readonly name: string;
  readonly intervalMs: number;
  readonly pairs: readonly ReferencePair[];
}[] {
  if (isAbsent) return [];
  const text = readFileSync(path.join(DATA, "reference.json"), "utf8");
  const { pairs } = z.object({ pairs: z.array(ReferencePair) }).parse(JSON.parse(text));
  const uploadable = pairs.filter(({ y }) => !y.file.startsWith("econ/"));
  const groups = Map.groupBy(uploadable, ({ y, window }) => {
    const source = y.file.startsWith("crypto/") ? path.dirname(y.file) : path.basename(y.file);
    return `${source} ${window.map((bound) => bound ?? "").join()}`;
  });
  return [...groups].map(([name, group]) => ({ name, intervalMs: intervalOf(name), pairs: group }));
}

function intervalOf(name: string): number {
  const [, label] = /^crypto\/(\w+) /.exec(name) ?? [];
  return INTERVALS.find((interval) => interval.label === label)?.ms ?? 24 * HOUR_MS;
}

/** In a file of one symbol its name in the file's name counts, "ETHUSDT" for "ETH". */
function uploadedSymbol({ file, symbol }: ReferencePair["y"]): string {
  return file.startsWith("crypto/") ? path.basename(file, ".csv.gz") : symbol;
}

test.each(referenceScans())("the scan of $name agrees with statsmodels", async (group) => {
  const files = new Set(group.pairs.flatMap(({ y, x }) => [y.file, x.file]));
  const workspaceId = await workspaceWith([...files]);
  const symbols = new Set(group.pairs.flatMap(({ y, x }) => [y, x].map(uploadedSymbol)));
  const series = await listSeries(engine.database, workspaceId);
  const instrumentIds = series.flatMap(({ symbol, instrumentId }) =>
    symbols.has(symbol) ? [instrumentId] : [],
  );
  const [first, last] = group.pairs[0]?.window ?? [null, null];
  const { rows } = await scan(workspaceId, {
    universeId: await createUniverse(engine.database, workspaceId, group.intervalMs, instrumentIds),
    formation: { startMs: first ?? 0, endMs: (last ?? Date.UTC(2030, 0, 1)) + 1 },
    lags: { kind: "aic" },
  });
  const byPair = new Map(rows.map((row) => [`${row.symbolY}~${row.symbolX}`, row]));
  for (const pair of group.pairs) {
    const [y, x] = [uploadedSymbol(pair.y), uploadedSymbol(pair.x)];
    const row = byPair.get(`${y}~${x}`) ?? byPair.get(`${x}~${y}`);
    if (row === undefined) throw new Error(`no pair ${y} ${x}`);
    expectAgreement(row, pair, row.symbolY === y);
  }
});

/** A scan puts the alphabetically first symbol on the left; the reference may have it the other way round. */
function expectAgreement(row: ScanPairRow, pair: ReferencePair, isSameWay: boolean): void {
  if (pair.coint_c_aic.stat === null) {
    expect(row.refusal).toBe("collinear");
    return;
  }
  expect(row).toMatchObject({ refusal: null, observations: pair.n });
  const [yx, xy] = isSameWay
    ? [pair.coint_c_aic, pair.coint_reverse_c_aic]
    : [pair.coint_reverse_c_aic, pair.coint_c_aic];
  expectRelative(row.statisticYx, yx.stat ?? Number.NaN, 1e-6);
  expectRelative(row.statisticXy, xy.stat ?? Number.NaN, 1e-6);
  expect(Math.abs((row.pValueYx ?? 9) - yx.p)).toBeLessThan(1e-4);
  expect(Math.abs((row.pValueXy ?? 9) - xy.p)).toBeLessThan(1e-4);
  expectRelative(row.correlation, pair.returns_corr, 1e-8);
  if (!isSameWay) return;
  expectRelative(row.hedgeRatio, pair.ols.beta, 1e-8);
  expect(Math.abs((row.intercept ?? Number.NaN) - pair.ols.alpha)).toBeLessThan(1e-8);
  expectRelative(row.halfLifeBars, pair.half_life.ln2_over_neg_log1p, 1e-6);
}
