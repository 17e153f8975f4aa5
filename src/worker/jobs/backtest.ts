import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import { backtestTask, saveBacktestResult } from "#db/backtest-results.ts";
import { earlierTrialCount } from "#db/earlier-trials.ts";
import { computeBacktest } from "./compute-backtest.ts";
import type { JobContext, JobEnding } from "./job-context.ts";

/** Computes a backtest in the threads and stores its report and series. */
export async function runBacktest(
  context: JobContext,
  params: Extract<JobParams, { kind: "backtest" }>,
): Promise<JobEnding> {
  const { database, job } = context;
  const task = await backtestTask(database.pool, job.workspaceId, params.backtestId);
  if (task === null) throw new AppError("not-found", "The backtest was deleted");
  const earlierTrials = await earlierTrialCount(database.pool, job.workspaceId, {
    ...task,
    before: task.createdAt,
  });
  const { report, series } = await computeBacktest(context, {
    ...task,
    earlierTrials,
    finer: "best",
  });
  return {
    kind: "succeeded",
    result: { netPnl: report.costs.netPnl, trades: report.trades.length },
    write: (client) => saveBacktestResult(client, params.backtestId, { report, series }),
  };
}
