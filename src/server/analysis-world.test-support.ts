import type { PairAnalysisConfig, PairAnalysisResult } from "#contracts/pair-analysis.ts";
import { packPairAnalysisSeries } from "#contracts/pair-analysis-series.ts";
import type { Database } from "#db/client.ts";
import { savePairAnalysis, startPairAnalysis } from "#db/pair-analyses.ts";

const HOUR_MS = 3_600_000;

/** A question about a pair over a window of hourly bars. */
export function analysisConfig(
  legs: { instrumentY: number; instrumentX: number },
  window: { startMs: number; endMs: number },
): PairAnalysisConfig {
  return {
    instrumentY: legs.instrumentY,
    instrumentX: legs.instrumentX,
    intervalMs: HOUR_MS,
    window,
    prices: "log",
    hedge: { kind: "ols" },
    zScoreWindowBars: 20,
    testWindowBars: 60,
    costBps: 5,
    riskFreeBps: 1,
  };
}

/** An analysis with its answer, as its job would leave it. */
export async function createFinishedAnalysis(
  database: Database,
  owner: { workspaceId: string; userId: string },
  config: PairAnalysisConfig,
): Promise<string> {
  const { analysisId, jobId } = await startPairAnalysis(database, owner, config);
  const { startMs } = config.window;
  const bars = 100;
  const ones = new Float64Array(bars).fill(1);
  const series = packPairAnalysisSeries({
    openTimeMs: ones.map((_, bar) => startMs + bar * HOUR_MS),
    closeY: ones,
    closeX: ones,
    spread: ones,
    rollingMean: ones,
    zScore: ones,
    correlation: ones,
    beta: ones,
    hedgeRatio: ones,
    adfPValue: ones,
    engleGrangerPValue: ones,
    cusum: ones,
  });
  await savePairAnalysis(database.pool, analysisId, { result: analysisResult(startMs), series });
  await database.pool.query(
    "update job set state = 'succeeded', progress = 1, finished_at = now() where id = $1",
    [jobId],
  );
  return analysisId;
}

function analysisResult(startMs: number): PairAnalysisResult {
  return {
    observations: 100,
    droppedBars: 0,
    firstOpenTimeMs: startMs,
    lastOpenTimeMs: startMs + 99 * HOUR_MS,
    hedge: {
      hedgeRatio: 0.8,
      intercept: 0.1,
      hedgeRatioError: 0.01,
      interceptError: 0.02,
      hedgeRatioInterval: null,
      rSquared: 0.9,
      firstBar: 0,
      isCausal: false,
    },
    tests: [],
    reversion: {
      halfLifeLinearBars: 9,
      halfLifeExactBars: 10,
      halfLifeReason: null,
      hurst: [],
      meanCrossings: 12,
      process: null,
      processReason: "no-mean-reversion",
    },
    roundTripCost: 0.002,
    thresholds: [],
    signal: { quality: "LOW", guard: "GREEN", flags: [], issues: [] },
    structuralBreak: { statistic: 1, pValue: 0.27, breakMs: startMs, reason: null },
    manifest: { configHash: "", dataHash: "", codeHash: "", series: [], computedAtMs: startMs },
    durationMs: 12,
  };
}
