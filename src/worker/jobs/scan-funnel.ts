import type { ScanConfig, ScanSummary } from "#contracts/scan.ts";
import type { ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { instrumentGroups } from "#db/instrument-groups.ts";
import type { SeriesRef } from "#db/instruments.ts";
import { candidatePairs } from "#quant/pairs/candidate-pairs.ts";
import type { ClusteredUniverse, UniverseClustering } from "#quant/pairs/cluster-universe.ts";
import { qualityReason } from "#quant/pairs/data-quality.ts";
import type { SelectedPair } from "#quant/pairs/distance-selection.ts";
import type { VerdictBounds } from "#quant/pairs/pair-verdict.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { type LoadedScan, sharedGrid } from "./loaded-scan.ts";
import { baselinesOf, isBaseline, listedBaselines, selectedPairs } from "./scan-baselines.ts";
import { testCandidates } from "./scan-candidates.ts";
import { countSurvivors } from "./scan-figures.ts";
import { clustersOf, funnelPairs, type JudgedUniverse } from "./scan-funnel-pairs.ts";
import { funnelSummary } from "./scan-funnel-summary.ts";
import { scanManifest } from "./scan-manifest.ts";
import { scanDataSpan, scanWarnings } from "./scan-warnings.ts";
import { storeScan } from "./store-scan.ts";

/** Shares of the work that are done before and after the clusters, and when storing begins. */
const READ_SHARE = 0.1;
const CLUSTERED_SHARE = 0.2;
const COMPUTED_SHARE = 0.75;

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
  const selected = await selectedPairs(context, scan, kept, funnel);
  const baselines = await listedBaselines(context, scan, kept);
  const candidates = await testCandidates(
    context,
    { scan, funnel, pairs: candidateRowsOf(kept, { clustered, selected }, funnel) },
    { from: CLUSTERED_SHARE, to: COMPUTED_SHARE },
  );
  const universe: JudgedUniverse = { series, qualityReasons, kept, clustered, funnel };
  const judged = await context.compute.run(
    "judge-candidates",
    { candidates, bounds: boundsOf(config, funnel), correction: correctionOf(funnel) },
    { signal: context.signal },
  );
  const pairs = funnelPairs(universe, candidates, judged);
  const { funnel: steps, ...counts } = funnelSummary(universe, pairs, config.significance);
  const listed =
    baselines === undefined
      ? {}
      : {
          baselines: baselinesOf(universe, baselines, {
            pairs: candidates.pairs,
            verdict: judged.verdict,
          }),
        };
  const isNaive = funnel.test.kind === "naive";
  const survivors = isNaive ? undefined : await countSurvivors(context, pairs.pValues, config);
  const summary: ScanSummary = {
    ...counts,
    ...(survivors === undefined ? {} : { survivors }),
    funnel: { ...steps, ...listed },
    durationMs: Date.now() - scan.startedAtMs,
  };
  const instrumentCount = task.instrumentIds.length;
  const { intervalMs } = task;
  const warnings = scanWarnings({ grid, series, instrumentCount, config, intervalMs });
  const result = {
    pairs,
    clusters: clustersOf(universe),
    summary: { ...summary, warnings, ...scanDataSpan(grid) },
    manifest: scanManifest(context, task, series, grid),
  };
  return {
    kind: "succeeded",
    result: summary,
    write: (client) => storeScan(context, client, task.scanId, result),
  };
}

/** Why each series is left out; null for those that are kept. */
async function checkQuality(context: JobContext, scan: LoadedScan, { quality }: ScanFunnelConfig) {
  context.progress(READ_SHARE, "Checking the data");
  const found = await context.compute.run(
    "check-quality",
    { grid: sharedGrid(scan) },
    { signal: context.signal },
  );
  return found.map((one) => qualityReason(one, quality));
}

async function divide(
  context: JobContext,
  scan: LoadedScan,
  kept: readonly number[],
  { clustering }: ScanFunnelConfig,
): Promise<ClusteredUniverse> {
  if (kept.length < 2) {
    return { labels: new Int32Array(kept.length).fill(-1), clusterCount: 0, map: null };
  }
  context.progress(READ_SHARE, `Comparing ${kept.length} instruments`);
  const settings: UniverseClustering =
    clustering.kind === "group"
      ? { kind: "labels", labels: await groupLabels(context, kept, scan.series) }
      : isBaseline(clustering)
        ? { kind: "none" }
        : clustering;
  return context.compute.run(
    "cluster-series",
    {
      grid: sharedGrid(scan),
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
  {
    clustered,
    selected,
  }: { clustered: ClusteredUniverse; selected: readonly SelectedPair[] | null },
  { test }: ScanFunnelConfig,
): Uint32Array {
  const places =
    selected === null
      ? candidatePairs(clustered.labels)
      : Uint32Array.from(selected.flatMap(({ first, second }) => [first, second]));
  const pairs = new Uint32Array(new SharedArrayBuffer(places.byteLength));
  const swap = test.kind === "naive" ? 1 : 0;
  for (let i = 0; i < places.length; i++) pairs[i ^ swap] = kept[places[i] ?? 0] ?? 0;
  return pairs;
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
