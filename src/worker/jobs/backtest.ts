import { packBacktestSeries } from "#contracts/backtest-series.ts";
import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { backtestTask, saveBacktestResult } from "#db/backtest-results.ts";
import { type Bars, copyBarsOut } from "#db/bars.ts";
import type { DatabaseClient } from "#db/client.ts";
import { instrumentsByIds, type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { inSnapshot } from "#db/transaction.ts";
import type { Candles } from "#quant/series/candles.ts";
import { backtestReport } from "./backtest-report.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { manifestOf } from "./manifest.ts";
import { selectionWarning } from "./selection-warning.ts";

/** Computes a backtest in a thread and stores its report and series. */
export async function runBacktest(
  context: JobContext,
  params: Extract<JobParams, { kind: "backtest" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const task = await backtestTask(database.pool, job.workspaceId, params.backtestId);
  if (task === null) throw new AppError("not-found", "The backtest was deleted");
  const { config } = task;
  const window = { startMs: config.formation.startMs, endMs: config.trading.endMs };
  // One snapshot, so that the hashes of the manifest are those of the bars that were traded.
  const { legY, legX, barsY, barsX } = await inSnapshot(database.pool, async (client) => {
    const [y, x] = await legsOf(client, job.workspaceId, config);
    context.progress(0.05, `Reading ${y.symbol} and ${x.symbol}`);
    const bars = await copyBarsOut(client, y.seriesId, window);
    return { legY: y, legX: x, barsY: bars, barsX: await copyBarsOut(client, x.seriesId, window) };
  });
  context.progress(0.2, "Trading");
  const result = await context.compute.run(
    "pair-backtest",
    { candlesY: candlesOf(legY, barsY), candlesX: candlesOf(legX, barsX), config },
    {
      signal: context.signal,
      onProgress: (fraction) => context.progress(0.2 + 0.7 * fraction, "Trading"),
    },
  );
  if (result.kind === "cancelled")
    throw new Error("Invariant: a backtest is stopped by its thread");
  context.progress(0.9, "Measuring");
  const manifest = manifestOf(
    config,
    [
      { series: legY, window, bars: barsY.close.length },
      { series: legX, window, bars: barsX.close.length },
    ],
    { codeHash: context.codeHash, atMs: Date.now() },
  );
  const calendar =
    legY.calendar === "weekdays" || legX.calendar === "weekdays" ? "weekdays" : "continuous";
  const measured = backtestReport(result, config, {
    calendar,
    manifest,
    durationMs: Date.now() - startedAtMs,
  });
  const seenBefore = await selectionWarning(database.pool, job.workspaceId, config);
  const report = {
    ...measured,
    warnings: seenBefore === null ? measured.warnings : [seenBefore, ...measured.warnings],
  };
  const series = packBacktestSeries(result.series);
  return {
    kind: "succeeded",
    result: { netPnl: report.costs.netPnl, trades: report.trades.length },
    write: (client) => saveBacktestResult(client, params.backtestId, { report, series }),
  };
}

async function legsOf(
  client: DatabaseClient,
  workspaceId: string,
  config: StrategyConfig,
): Promise<readonly [SeriesRef, SeriesRef]> {
  const ids = [config.instrumentY, config.instrumentX];
  const series = await seriesOfInstruments(client, workspaceId, ids, config.intervalMs);
  const leg = async (field: "instrumentY" | "instrumentX"): Promise<SeriesRef> => {
    const found = series.find(({ instrumentId }) => instrumentId === config[field]);
    if (found !== undefined) return found;
    const [known] = await instrumentsByIds(client, workspaceId, [config[field]]);
    throw new AppError(
      "not-found",
      known === undefined
        ? "An instrument of the strategy was deleted"
        : `${known.symbol} has no bars at the interval of the strategy any more`,
      { field },
    );
  };
  return [await leg("instrumentY"), await leg("instrumentX")];
}

function candlesOf(series: SeriesRef, bars: Bars): Candles {
  return {
    openTimeMs: bars.openTimeMs,
    open: series.closeOnly ? null : bars.open,
    close: bars.close,
  };
}
