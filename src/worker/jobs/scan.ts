import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import { tooFewBarsMessage } from "#contracts/scan-bars-min.ts";
import type { DatabaseClient } from "#db/client.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { scanTask } from "#db/scan-results.ts";
import { inSnapshot } from "#db/transaction.ts";
import { allPairs } from "#quant/kernels/pair-order.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import type { LoadedScan } from "./loaded-scan.ts";
import { countSurvivors, scanSummary } from "./scan-figures.ts";
import { runFunnel } from "./scan-funnel.ts";
import { createScanGrid, readCloses } from "./scan-grid.ts";
import { scanManifest } from "./scan-manifest.ts";
import { screenAllPairs } from "./scan-screening.ts";
import { scanDataSpan, scanWarnings } from "./scan-warnings.ts";
import { storeScan } from "./store-scan.ts";

/** Shares of the work that are done when the bars are read, and when storing begins. */
const READ_SHARE = 0.1;
const COMPUTED_SHARE = 0.75;

/** Screens every pair of a universe, or takes it through its funnel, and stores what was found. */
export async function runScan(
  context: JobContext,
  params: Extract<JobParams, { kind: "scan" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const task = await scanTask(database.pool, job.workspaceId, params.scanId);
  if (task === null) throw new AppError("not-found", "The scan was deleted");
  const { config, instrumentIds, intervalMs } = task;
  // One snapshot, so that the hashes of the manifest are those of the closes that were tested.
  const { signal } = context;
  const read = async (client: DatabaseClient) => {
    const series = inAlphabet(
      await seriesOfInstruments(client, job.workspaceId, instrumentIds, intervalMs),
    );
    requireTwo(series);
    const reading = { client, signal, progress: context.progress };
    return { series, closes: await readCloses(reading, series, config.formation) };
  };
  const { series, closes } = await inSnapshot(database.pool, read, { signal });
  const grid = await createScanGrid(closes, series, signal);
  if (grid.length === 0) {
    throw new AppError(
      "invalid-input",
      "No instrument of the universe has bars in the formation period",
      { field: "formation" },
    );
  }
  const message = tooFewBarsMessage(grid.length, config);
  if (message !== undefined) throw new AppError("invalid-input", message, { field: "formation" });
  if (config.funnel !== undefined) {
    return runFunnel(context, { task, series, grid, startedAtMs }, config.funnel);
  }
  return runPlain(context, { task, series, grid, startedAtMs });
}

/** Tests every pair, corrects for their number, and filters none. */
async function runPlain(context: JobContext, scan: LoadedScan): Promise<JobEnding> {
  const { task, series, grid } = scan;
  const { config, intervalMs } = task;
  const figures = await screenAllPairs(
    context,
    { grid, seriesCount: series.length, config },
    { from: READ_SHARE, to: COMPUTED_SHARE },
  );
  const { pValues, qValues } = await context.compute.run(
    "correct-p-values",
    { results: figures, direction: config.direction },
    { signal: context.signal },
  );
  const survivors = await countSurvivors(context, pValues, config);
  const durationMs = Date.now() - scan.startedAtMs;
  const summary = { ...scanSummary({ pValues, qValues }, config, durationMs), survivors };
  const instrumentCount = task.instrumentIds.length;
  const warnings = scanWarnings({ grid, series, instrumentCount, config, intervalMs });
  const result = {
    pairs: {
      instrumentIds: Int32Array.from(series, ({ instrumentId }) => instrumentId),
      pairs: allPairs(series.length),
      figures,
      pValues,
      qValues,
      funnel: null,
    },
    clusters: null,
    summary: { ...summary, warnings, ...scanDataSpan(grid) },
    manifest: scanManifest(context, task, series, grid),
  };
  return {
    kind: "succeeded",
    result: summary,
    write: (client) => storeScan(context, client, task.scanId, result),
  };
}

function requireTwo(series: readonly SeriesRef[]): void {
  if (series.length >= 2) return;
  throw new AppError("invalid-input", "Fewer than two instruments of the universe have bars", {
    field: "universeId",
  });
}

/** By code unit, as the order of symbols must not depend on a locale. Leg Y is the one that comes first. */
function inAlphabet(series: readonly SeriesRef[]): SeriesRef[] {
  return series.toSorted((a, b) =>
    a.symbol === b.symbol ? a.instrumentId - b.instrumentId : a.symbol < b.symbol ? -1 : 1,
  );
}
