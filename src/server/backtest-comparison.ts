import { setImmediate } from "node:timers/promises";
import type { BacktestComparison, BacktestReport, BacktestView } from "#contracts/backtest.ts";
import { PairedDifference } from "#contracts/backtest.ts";
import { AppError } from "#contracts/error-code.ts";
import { backtestColumnsBetween, backtestSeriesOf } from "#db/backtest-series.ts";
import { backtestOf } from "#db/backtests.ts";
import type { Database } from "#db/client.ts";
import { pairedDifference } from "#quant/performance/paired-difference.ts";
import { riskFreeRatePerPeriod } from "#quant/performance/risk-free-rate.ts";
import type { EquityCurve } from "#quant/report/reported-run.ts";
import { commonReturns } from "#quant/report/run-difference.ts";

/** One seed for all, so that the same two runs always differ by the same figures. */
const RESAMPLING = { seed: 1, replications: 500, confidence: 0.95 };

/**
 * Backtests side by side, and how each of the others differs from the first.
 *
 * @throws {AppError} not-found; invalid-input on "ids" when one has no result yet or is there twice
 */
export async function compareBacktests(
  database: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<BacktestComparison> {
  if (new Set(ids).size < ids.length) throw refusal("A backtest is there twice");
  const compared: Compared[] = [];
  for (const id of ids) compared.push(await readCompared(database, workspaceId, id));
  const [first] = compared;
  const differences: BacktestComparison["differences"] = [];
  for (const other of compared) {
    // Each is a good part of a second of computing: let others have their turn.
    await setImmediate();
    const isFirst = first === undefined || other === first;
    differences.push(isFirst ? null : differenceOf(first, other));
  }
  return {
    backtests: compared.map(({ view: { report: _, ...view }, report }) => ({
      ...view,
      metrics: report.metrics,
      initialEquity: report.initialEquity,
      trading: report.trading,
    })),
    differences,
  };
}

type Compared = {
  readonly view: BacktestView;
  readonly report: BacktestReport;
  readonly curve: EquityCurve;
};

async function readCompared(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<Compared> {
  const view = await backtestOf(database, workspaceId, id);
  const { report } = view;
  if (report === null) throw refusal("Only backtests with a result can be compared");
  const series = await backtestSeriesOf(database, workspaceId, id);
  const span = { from: 0, to: series.bars };
  const read = await backtestColumnsBetween(database, series, ["equity"], span);
  const { openTimeMs, ["equity"]: equity = new Float64Array() } = read;
  const { initialEquity } = report;
  return { view, report, curve: { openTimeMs, equity, initialEquity } };
}

/** Of the first minus the other; null where that cannot be said. */
function differenceOf(first: Compared, other: Compared): PairedDifference | null {
  const { config } = first.view.strategyVersion;
  if (config.intervalMs !== other.view.strategyVersion.config.intervalMs) return null;
  const common = commonReturns(first.curve, other.curve);
  if (common === null) return null;
  const { periodsPerYear } = first.report;
  const rate = riskFreeRatePerPeriod(config.riskFreeRateAnnual, periodsPerYear);
  const scale = { periodsPerYear, riskFreeRatePerPeriod: rate };
  const found = pairedDifference(common.a, common.b, scale, RESAMPLING);
  if (found.kind === "refused") return null;
  const { returnAnnual, sharpeRatio, bars, confidence } = found;
  if (returnAnnual === null || sharpeRatio === null) return null;
  return PairedDifference.parse({
    bars,
    confidence,
    meanReturnDifference: returnAnnual.difference,
    lower: returnAnnual.lower,
    upper: returnAnnual.upper,
    sharpeDifference: sharpeRatio.difference,
    betterShare: returnAnnual.aheadShare,
  });
}

function refusal(message: string): AppError {
  return new AppError("invalid-input", message, { field: "ids" });
}
