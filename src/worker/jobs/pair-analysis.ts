import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { PairAnalysisConfig, PairAnalysisResult } from "#contracts/pair-analysis.ts";
import { packPairAnalysisSeries } from "#contracts/pair-analysis-series.ts";
import { type Bars, barCountBetween, barsBetween } from "#db/bars.ts";
import type { SeriesRef } from "#db/instruments.ts";
import { pairAnalysisLegs, pairAnalysisTask, savePairAnalysis } from "#db/pair-analyses.ts";
import type { PairAnalysis } from "#quant/pair-analysis/analyse-pair.ts";
import { type AlignedCandles, alignByOpenTime } from "#quant/series/align-by-open-time.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { manifestOf } from "./manifest.ts";
import { valuesAtTimes } from "./values-at-times.ts";

/** More bars take minutes and hundreds of megabytes of one thread. */
const BARS_MAX = 200_000;

/** Answers a question about a pair in a thread and stores figures and series. */
export async function runPairAnalysis(
  context: JobContext,
  params: Extract<JobParams, { kind: "pair-analysis" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const config = await pairAnalysisTask(database.pool, job.workspaceId, params.analysisId);
  if (config === null) throw new AppError("not-found", "The analysis was deleted");
  const { legY, legX } = await pairAnalysisLegs(database.pool, job.workspaceId, config);
  context.progress(0.05, `Reading ${legY.symbol} and ${legX.symbol}`);
  const barsY = await limitedBars(context, legY, config);
  const barsX = await limitedBars(context, legX, config);
  const aligned = alignByOpenTime(closesOf(barsY), closesOf(barsX));
  context.progress(0.15, "Analysing");
  const analysis = await context.compute.run(
    "analyse-pair",
    {
      bars: {
        closeY: aligned.legY.close,
        closeX: aligned.legX.close,
        volumeY: volumesOf(barsY, aligned.openTimeMs),
        volumeX: volumesOf(barsX, aligned.openTimeMs),
      },
      options: config,
    },
    {
      signal: context.signal,
      onProgress: (fraction) => context.progress(0.15 + 0.8 * fraction, "Analysing"),
    },
  );
  context.progress(0.95, "Storing");
  const manifest = manifestOf(
    config,
    [
      { series: legY, window: config.window, bars: barsY.close.length },
      { series: legX, window: config.window, bars: barsX.close.length },
    ],
    { codeHash: context.codeHash, atMs: Date.now() },
  );
  const result = {
    ...resultOf(analysis, aligned),
    manifest,
    durationMs: Date.now() - startedAtMs,
  };
  const series = packPairAnalysisSeries({
    ...analysis.views,
    openTimeMs: aligned.openTimeMs,
    closeY: aligned.legY.close,
    closeX: aligned.legX.close,
  });
  return {
    kind: "succeeded",
    result: { observations: result.observations },
    write: (client) => savePairAnalysis(client, params.analysisId, { result, series }),
  };
}

async function limitedBars(
  { database }: JobContext,
  series: SeriesRef,
  { window }: PairAnalysisConfig,
): Promise<Bars> {
  const count = await barCountBetween(database.pool, series.seriesId, window);
  if (count > BARS_MAX) {
    throw new AppError(
      "too-large",
      `An analysis takes at most ${BARS_MAX} bars and ${series.symbol} has ${count}: choose a shorter window or a longer interval`,
      { field: "window" },
    );
  }
  return barsBetween(database, series.seriesId, window);
}

function closesOf({ openTimeMs, close }: Bars) {
  return { openTimeMs, close, open: null };
}

/** null where the source has no volume at all. */
function volumesOf(bars: Bars, timesMs: Float64Array): Float64Array | null {
  if (!bars.volume.some(Number.isFinite)) return null;
  return valuesAtTimes(bars.openTimeMs, bars.volume, timesMs);
}

/** The answer without its series, bars as times. */
function resultOf(
  { views: _, ...analysis }: PairAnalysis,
  { openTimeMs, droppedBars }: AlignedCandles,
): Omit<PairAnalysisResult, "manifest" | "durationMs"> {
  const timeOf = (bar: number | null) => (bar === null ? null : (openTimeMs[bar] ?? null));
  const { hedge, tests, reversion, thresholds, signal, structuralBreak } = analysis;
  const { breakIndex, ...broken } = structuralBreak;
  const interval = hedge.hedgeRatioInterval;
  return {
    observations: analysis.observations,
    droppedBars,
    firstOpenTimeMs: openTimeMs[0] ?? 0,
    lastOpenTimeMs: openTimeMs.at(-1) ?? 0,
    hedge: {
      ...hedge,
      hedgeRatioInterval: interval === null ? null : [interval[0], interval[1]],
    },
    tests: tests.map(({ breakIndex: bar, ...row }) => ({ ...row, breakMs: timeOf(bar) })),
    reversion: { ...reversion, hurst: [...reversion.hurst] },
    roundTripCost: analysis.roundTripCost,
    thresholds: [...thresholds],
    signal: { ...signal, flags: [...signal.flags], issues: [...signal.issues] },
    structuralBreak: { ...broken, breakMs: timeOf(breakIndex) },
  };
}
