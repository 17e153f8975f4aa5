import type { ScanConfig, ScanSummary } from "#contracts/scan.ts";
import type { ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { instrumentGroups } from "#db/instrument-groups.ts";
import type { SeriesRef } from "#db/instruments.ts";
import { saveFunnelResult } from "#db/scan-funnel-results.ts";
import { candidatePairs } from "#quant/pairs/candidate-pairs.ts";
import type { ClusteredUniverse, UniverseClustering } from "#quant/pairs/cluster-universe.ts";
import { qualityReason } from "#quant/pairs/data-quality.ts";
import { judgeCandidates } from "#quant/pairs/judge-candidates.ts";
import type { VerdictBounds } from "#quant/pairs/pair-verdict.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import type { LoadedScan } from "./loaded-scan.ts";
import { type FunnelCandidates, testCandidates } from "./scan-candidates.ts";
import { candidateRows, clustersOf, type JudgedUniverse } from "./scan-funnel-rows.ts";
import { funnelSummary } from "./scan-funnel-summary.ts";
import { scanManifest } from "./scan-manifest.ts";
import { scanDataSpan, scanWarnings } from "./scan-warnings.ts";

/** Shares of the work that are done before and after the clusters, and when storing begins. */
const READ_SHARE = 0.1;
const CLUSTERED_SHARE = 0.2;
const COMPUTED_SHARE = 0.8;

/** The map of clusters is the same whenever the same universe is scanned. */
const MAP_SEED = 1;

/** Takes a universe through the funnel: quality, clusters, tests, filters. */
export async function runFunnel(
  context: JobContext,
  scan: LoadedScan,
  funnel: ScanFunnelConfig,
): Promise<JobEnding> {
  const { task, series, grid } = scan;
  const { config } = task;
  const qualityReasons = await checkQuality(context, scan, funnel);
  const kept = qualityReasons.flatMap((reason, row) => (reason === null ? [row] : []));
  const clustered = await divide(context, scan, kept, funnel);
  const tested = await testCandidates(
    context,
    { scan, funnel, pairs: candidateRowsOf(kept, clustered, funnel) },
    { from: CLUSTERED_SHARE, to: COMPUTED_SHARE },
  );
  const universe: JudgedUniverse = { series, qualityReasons, kept, clustered, funnel };
  const judged = judgeCandidates(
    candidatesOf(tested),
    boundsOf(config, funnel),
    correctionOf(funnel),
  );
  const rows = candidateRows(universe, tested, judged);
  const counts = funnelSummary(universe, rows, config.significance);
  const summary: ScanSummary = { ...counts, durationMs: Date.now() - scan.startedAtMs };
  const instrumentCount = task.instrumentIds.length;
  const { intervalMs } = task;
  const warnings = scanWarnings({ grid, series, instrumentCount, config, intervalMs });
  const manifest = scanManifest(context, task, series, grid);
  context.progress(COMPUTED_SHARE, `Storing ${rows.length} candidates`);
  return {
    kind: "succeeded",
    result: summary,
    write: (client) =>
      saveFunnelResult(
        client,
        task.scanId,
        {
          candidates: rows,
          clusters: clustersOf(universe),
          summary: { ...summary, warnings, ...scanDataSpan(grid) },
          manifest,
        },
        context.signal,
      ),
  };
}

/** Why each series is left out; null for those that are kept. */
async function checkQuality(
  context: JobContext,
  { grid, series }: LoadedScan,
  { quality }: ScanFunnelConfig,
) {
  context.progress(READ_SHARE, "Checking the data");
  const found = await context.compute.run(
    "check-quality",
    { grid: { ...grid, seriesCount: series.length } },
    { signal: context.signal },
  );
  return found.map((one) => qualityReason(one, quality));
}

async function divide(
  context: JobContext,
  { grid, series }: LoadedScan,
  kept: readonly number[],
  { clustering }: ScanFunnelConfig,
): Promise<ClusteredUniverse> {
  if (kept.length < 2) {
    return { labels: new Int32Array(kept.length).fill(-1), clusterCount: 0, map: null };
  }
  context.progress(READ_SHARE, `Comparing ${kept.length} instruments`);
  const settings: UniverseClustering =
    clustering.kind === "group"
      ? { kind: "labels", labels: await groupLabels(context, kept, series) }
      : clustering;
  return context.compute.run(
    "cluster-series",
    {
      grid: { ...grid, seriesCount: series.length },
      rows: kept,
      clustering: settings,
      seed: MAP_SEED,
    },
    { signal: context.signal },
  );
}

async function groupLabels(
  context: JobContext,
  kept: readonly number[],
  series: readonly SeriesRef[],
): Promise<Int32Array> {
  const ids = kept.map((row) => series[row]?.instrumentId ?? 0);
  const groupOf = await instrumentGroups(context.database.pool, ids);
  const names = [...new Set(groupOf.values())].sort();
  return Int32Array.from(ids, (id) => names.indexOf(groupOf.get(id) ?? ""));
}

/** Rows of the grid, leg Y first. The naive test is of the second of a pair on the first. */
function candidateRowsOf(
  kept: readonly number[],
  { labels }: ClusteredUniverse,
  { test }: ScanFunnelConfig,
): Uint32Array {
  const pairs = candidatePairs(labels).map((position) => kept[position] ?? 0);
  if (test.kind === "calibrated") return pairs;
  return pairs.map((_, i) => pairs[i % 2 === 0 ? i + 1 : i - 1] ?? 0);
}

function candidatesOf({ pairs, figures, integrationOrderOf }: FunnelCandidates) {
  return figures.map((one, k) => {
    const y = integrationOrderOf.get(pairs[2 * k] ?? -1);
    const x = integrationOrderOf.get(pairs[2 * k + 1] ?? -1);
    const isChecked = y !== undefined && x !== undefined;
    return { figures: one, integrationOrders: isChecked ? ([y, x] as const) : null };
  });
}

function boundsOf(
  { significance }: ScanConfig,
  { test, filters }: ScanFunnelConfig,
): VerdictBounds {
  const requiresJohansen = test.kind === "calibrated" && test.requiresJohansen;
  return { significance, requiresJohansen, ...filters };
}

function correctionOf({ test }: ScanFunnelConfig) {
  return test.kind === "calibrated" ? test.correction : "none";
}
