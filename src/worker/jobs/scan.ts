import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { saveScanResult, scanTask } from "#db/scan-results.ts";
import { inSnapshot } from "#db/transaction.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { correctedPValues, scanSummary } from "./scan-figures.ts";
import { runFunnel } from "./scan-funnel.ts";
import { loadScanGrid } from "./scan-grid.ts";
import { scanManifest } from "./scan-manifest.ts";
import { screenAllPairs } from "./scan-screening.ts";
import { scanDataSpan, scanWarnings } from "./scan-warnings.ts";

/** Share of the work that is done when the result is about to be stored. */
const COMPUTED_SHARE = 0.65;

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
  const { series, grid } = await inSnapshot(database.pool, async (client) => {
    const found = inAlphabet(
      await seriesOfInstruments(client, job.workspaceId, instrumentIds, intervalMs),
    );
    requireTwo(found);
    const reading = { client, signal: context.signal, progress: context.progress };
    return { series: found, grid: await loadScanGrid(reading, found, config.formation) };
  });
  if (grid.length === 0) {
    throw new AppError(
      "invalid-input",
      "No instrument of the universe has bars in the formation period",
      { field: "formation" },
    );
  }
  if (config.funnel !== undefined) {
    return runFunnel(context, { task, series, grid, startedAtMs }, config.funnel);
  }
  const results = await screenAllPairs(context, grid, series.length, config);
  const corrected = correctedPValues(results, config.direction);
  const manifest = scanManifest(context, task, series, grid);
  const summary = scanSummary(corrected, config, Date.now() - startedAtMs);
  const instrumentCount = instrumentIds.length;
  const warnings = scanWarnings({ grid, series, instrumentCount, config, intervalMs });
  const pairs = {
    instrumentIds: Int32Array.from(series, ({ instrumentId }) => instrumentId),
    results,
    qValues: corrected.qValues,
  };
  context.progress(COMPUTED_SHARE, `Storing ${summary.pairCount} pairs`);
  return {
    kind: "succeeded",
    result: summary,
    write: (client) =>
      saveScanResult(
        client,
        params.scanId,
        { pairs, summary: { ...summary, warnings, ...scanDataSpan(grid) }, manifest },
        context.signal,
      ),
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
