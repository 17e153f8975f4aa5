import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { ScanConfig, ScanSummary, TestedDirection } from "#contracts/scan.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { type ScanPairResult, saveScanResult, scanTask } from "#db/scan-results.ts";
import { benjaminiHochberg } from "#quant/stats/benjamini-hochberg.ts";
import type { ScreenedPair } from "../compute/screen-pairs.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { manifestOf } from "./manifest.ts";
import { loadScanGrid, type ScanGrid } from "./scan-grid.ts";
import { scanWarnings } from "./scan-warnings.ts";

/** Pairs in one task of a thread: some tens of milliseconds, so that others get their turn. */
const PAIRS_PER_TASK = 16;

/** Share of the work that is reading the bars. */
const READING_SHARE = 0.1;

/** A pair of a universe. Leg Y is the one whose symbol comes first in the alphabet. */
type Pair = { readonly y: SeriesRef; readonly x: SeriesRef };

/** Screens every pair of a universe and stores the result with its corrected p-values. */
export async function runScan(
  context: JobContext,
  params: Extract<JobParams, { kind: "scan" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const task = await scanTask(database.pool, job.workspaceId, params.scanId);
  if (task === null) throw new AppError("not-found", "The scan was deleted");
  const { config, instrumentIds, intervalMs } = task;
  const series = inAlphabet(
    await seriesOfInstruments(database.pool, job.workspaceId, instrumentIds, intervalMs),
  );
  if (series.length < 2) {
    throw new AppError("invalid-input", "Fewer than two instruments of the universe have bars", {
      field: "universeId",
    });
  }
  const grid = await loadScanGrid(context, series, config.formation);
  if (grid.length === 0) {
    throw new AppError(
      "invalid-input",
      "No instrument of the universe has bars in the formation period",
      { field: "formation" },
    );
  }
  const pairs = pairsOf(series);
  const screened = await screenAll(context, grid, pairs, config);
  const results = withQValues(pairs, screened, config.direction);
  const used = series.map((one) => ({
    series: one,
    window: config.formation,
    bars: grid.barCountOf.get(one.seriesId) ?? 0,
  }));
  const { universeId: _, ...settings } = config;
  const manifest = manifestOf({ ...settings, instrumentIds, intervalMs }, used, {
    codeHash: context.codeHash,
    atMs: Date.now(),
  });
  const summary = summaryOf(results, config, Date.now() - startedAtMs);
  const warnings = scanWarnings({
    grid,
    series,
    instrumentCount: instrumentIds.length,
    config,
    intervalMs,
  });
  return {
    kind: "succeeded",
    result: summary,
    write: (client) =>
      saveScanResult(client, params.scanId, {
        pairs: results,
        summary: { ...summary, warnings },
        manifest,
      }),
  };
}

/** By code unit, as the order of symbols must not depend on a locale. */
function inAlphabet(series: readonly SeriesRef[]): SeriesRef[] {
  return series.toSorted((a, b) =>
    a.symbol === b.symbol ? a.instrumentId - b.instrumentId : a.symbol < b.symbol ? -1 : 1,
  );
}

function pairsOf(series: readonly SeriesRef[]): Pair[] {
  return series.flatMap((y, i) => series.slice(i + 1).map((x) => ({ y, x })));
}

/** Screens the pairs in the threads, as many tasks at a time as there are threads. */
async function screenAll(
  context: JobContext,
  grid: ScanGrid,
  pairs: readonly Pair[],
  config: ScanConfig,
): Promise<ScreenedPair[]> {
  const screened: ScreenedPair[] = new Array(pairs.length);
  let next = 0;
  let done = 0;
  const takeTasks = async () => {
    while (next < pairs.length) {
      const start = next;
      const slice = pairs.slice(start, start + PAIRS_PER_TASK);
      next += slice.length;
      const results = await screenSlice(context, grid, slice, config);
      for (const [i, result] of results.entries()) screened[start + i] = result;
      done += slice.length;
      const fraction = READING_SHARE + (1 - READING_SHARE) * (done / pairs.length);
      context.progress(fraction, `Testing pairs: ${done} of ${pairs.length}`);
    }
  };
  await Promise.all(Array.from({ length: context.compute.size }, takeTasks));
  return screened;
}

async function screenSlice(
  context: JobContext,
  grid: ScanGrid,
  slice: readonly Pair[],
  config: ScanConfig,
): Promise<readonly ScreenedPair[]> {
  const rows = slice.map(({ y, x }) => [grid.rowOf.get(y.seriesId), grid.rowOf.get(x.seriesId)]);
  const testable = rows.filter((pair) => pair.every((row) => row !== undefined));
  const results = await context.compute.run(
    "screen-pairs",
    {
      logCloses: grid.logCloses,
      gridLength: grid.length,
      pairs: Uint32Array.from(testable.flat().map((row) => row ?? 0)),
      options: { lags: config.lags },
    },
    { signal: context.signal },
  );
  const remaining = results.values();
  return rows.map((pair) => {
    const hasRows = pair.every((row) => row !== undefined);
    return (hasRows ? remaining.next().value : undefined) ?? NO_BARS;
  });
}

/** An instrument without a bar in the window has nothing in common with any other. */
const NO_BARS: ScreenedPair = {
  observations: 0,
  screen: { kind: "refused", reason: "no-common-bars" },
};

function withQValues(
  pairs: readonly Pair[],
  screened: readonly ScreenedPair[],
  direction: TestedDirection,
): ScanPairResult[] {
  const results = pairs.map((pair, i) => pairResult(pair, screened[i] ?? NO_BARS));
  const tested = results.filter(({ refusal }) => refusal === null);
  const qValues = benjaminiHochberg(
    Float64Array.from(tested, (row) => correctedPValue(row, direction) ?? 1),
  );
  const qValueOf = new Map(tested.map((row, i) => [row, qValues[i] ?? 1]));
  return results.map((row) => ({ ...row, qValue: qValueOf.get(row) ?? null }));
}

function pairResult({ y, x }: Pair, { observations, screen }: ScreenedPair): ScanPairResult {
  const ids = { instrumentY: y.instrumentId, instrumentX: x.instrumentId, observations };
  if (screen.kind === "refused") return { ...ids, ...NO_FIGURES, refusal: screen.reason };
  return {
    ...ids,
    refusal: null,
    hedgeRatio: screen.yOnX.hedgeRatio,
    intercept: screen.yOnX.intercept,
    statisticYx: screen.yOnX.statistic,
    pValueYx: screen.yOnX.pValue,
    lagsYx: screen.yOnX.lags,
    statisticXy: screen.xOnY.statistic,
    pValueXy: screen.xOnY.pValue,
    lagsXy: screen.xOnY.lags,
    qValue: null,
    halfLifeBars: screen.halfLife.exactBars,
    correlation: screen.returnsCorrelation,
  };
}

const NO_FIGURES = {
  hedgeRatio: null,
  intercept: null,
  statisticYx: null,
  pValueYx: null,
  lagsYx: null,
  statisticXy: null,
  pValueXy: null,
  lagsXy: null,
  qValue: null,
  halfLifeBars: null,
  correlation: null,
} as const;

/**
 * The p-value that goes into the correction: of Y on X, or twice the smaller of both directions
 * (Bonferroni for two tests), at most 1. The API derives the same when it reads the rows.
 */
function correctedPValue(row: ScanPairResult, direction: TestedDirection): number | null {
  if (row.pValueYx === null || row.pValueXy === null) return null;
  if (direction === "y-on-x") return row.pValueYx;
  return Math.min(1, 2 * Math.min(row.pValueYx, row.pValueXy));
}

function summaryOf(
  results: readonly ScanPairResult[],
  { direction, significance }: ScanConfig,
  durationMs: number,
): ScanSummary {
  const tested = results.filter(({ refusal }) => refusal === null);
  const isBelow = (value: number | null) => value !== null && value < significance;
  return {
    pairCount: results.length,
    testedCount: tested.length,
    refusedCount: results.length - tested.length,
    rejectedCount: tested.filter((row) => isBelow(correctedPValue(row, direction))).length,
    expectedFalseCount: tested.length * significance,
    discoveredCount: tested.filter((row) => isBelow(row.qValue)).length,
    durationMs,
  };
}
