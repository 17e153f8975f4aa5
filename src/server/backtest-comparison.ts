import { setImmediate } from "node:timers/promises";
import {
  type BacktestComparison,
  COMPARED_BARS_MAX,
  type RunComparison,
} from "#contracts/backtest.ts";
import { AppError } from "#contracts/error-code.ts";
import {
  backtestColumnsBetween,
  backtestSeriesOf,
  type StoredBacktestSeries,
} from "#db/backtest-series.ts";
import { backtestOf } from "#db/backtests.ts";
import type { Database } from "#db/client.ts";
import { pairedDifference } from "#quant/performance/paired-difference.ts";
import { riskFreeRatePerPeriod } from "#quant/performance/risk-free-rate.ts";
import { commonReturns } from "#quant/report/common-returns.ts";
import type { EquityCurve } from "#quant/report/reported-run.ts";

/** One seed for all, so that the same two runs always differ by the same figures. */
const RESAMPLING = { seed: 1, replications: 500, confidence: 0.95 };

/**
 * Backtests side by side, and how each of the others differs from the first. Of the equity curves that of
 * the first and one other are in memory at a time.
 *
 * @throws {AppError} not-found; invalid-input on "ids" when one has no result yet, is there twice, or has
 *   more than COMPARED_BARS_MAX bars
 */
export async function compareBacktests(
  database: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<BacktestComparison> {
  if (new Set(ids).size < ids.length) throw refusal("A backtest is there twice");
  const compared: Compared[] = [];
  for (const id of ids) compared.push(await readCompared(database, workspaceId, id));
  const [first, ...others] = compared;
  if (first === undefined) return { backtests: [], differences: [] };
  const reference = await readCurve(database, first);
  const differences: BacktestComparison["differences"] = [null];
  for (const other of others) {
    // Each is a good part of a second of computing: let others have their turn.
    await setImmediate();
    differences.push(differenceOf(first, reference, other, await readCurve(database, other)));
  }
  return { backtests: compared.map(({ shown }) => shown), differences };
}

type Compared = {
  readonly shown: BacktestComparison["backtests"][number];
  readonly series: StoredBacktestSeries;
  readonly periodsPerYear: number;
};

async function readCompared(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<Compared> {
  const { report, ...view } = await backtestOf(database, workspaceId, id);
  if (report === null) throw refusal("Only backtests with a result can be compared");
  const series = await backtestSeriesOf(database, workspaceId, id);
  if (series.bars > COMPARED_BARS_MAX) {
    const [bars, most] = [series.bars, COMPARED_BARS_MAX].map((n) => n.toLocaleString("en-US"));
    throw refusal(`${view.strategyName} has ${bars} bars: at most ${most} can be compared`);
  }
  const { metrics, initialEquity, trading, periodsPerYear } = report;
  return { shown: { ...view, metrics, initialEquity, trading }, series, periodsPerYear };
}

async function readCurve(database: Database, { shown, series }: Compared): Promise<EquityCurve> {
  const span = { from: 0, to: series.bars };
  const read = await backtestColumnsBetween(database, series, ["equity"], span);
  const { openTimeMs, ["equity"]: equity = new Float64Array() } = read;
  return { openTimeMs, equity, initialEquity: shown.initialEquity };
}

/** Of the first minus the other. */
function differenceOf(
  first: Compared,
  reference: EquityCurve,
  other: Compared,
  curve: EquityCurve,
): RunComparison {
  const { config } = first.shown.strategyVersion;
  if (config.intervalMs !== other.shown.strategyVersion.config.intervalMs) {
    return { kind: "refused", reason: "different-intervals" };
  }
  const common = commonReturns(reference, curve);
  if (common === null) return { kind: "refused", reason: "ruin" };
  if (common.a.length === 0) return { kind: "refused", reason: "no-common-bars" };
  const { periodsPerYear } = first;
  const rate = riskFreeRatePerPeriod(config.riskFreeRateAnnual, periodsPerYear);
  const scale = { periodsPerYear, riskFreeRatePerPeriod: rate };
  const found = pairedDifference(common.a, common.b, scale, RESAMPLING);
  if (found.kind === "refused") return found;
  const { returnAnnual, sharpeRatio, bars, confidence } = found;
  if (returnAnnual === null) return { kind: "refused", reason: "no-difference" };
  return {
    kind: "difference",
    ...{ bars, confidence, meanReturnDifference: returnAnnual.difference },
    ...{ lower: returnAnnual.lower, upper: returnAnnual.upper },
    sharpeDifference: sharpeRatio?.difference ?? null,
    betterShare: returnAnnual.aheadShare,
  };
}

function refusal(message: string): AppError {
  return new AppError("invalid-input", message, { field: "ids" });
}
