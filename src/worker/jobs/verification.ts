import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { Verification } from "#contracts/verification.ts";
import { saveVerificationOutcome, verificationTask } from "#db/verifications.ts";
import { CODE_PART, comparedParts } from "./compared-parts.ts";
import { comparedSeries } from "./compared-series.ts";
import { computeBacktest } from "./compute-backtest.ts";
import type { JobContext, JobEnding } from "./job-context.ts";

type Outcome = NonNullable<Verification["outcome"]>;

/** Computes a backtest again and stores how it compares with its report, which stays as it is. */
export async function runVerification(
  context: JobContext,
  params: Extract<JobParams, { kind: "verification" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const task = await verificationTask(database.pool, job.workspaceId, params.verificationId);
  if (task === null) throw new AppError("not-found", "The report was deleted");
  const { config, plan } = task.backtest;
  const earlierTrials = { inAll: task.report.analysis?.evidence.trials ?? 1 };
  const { insideBars } = task.report.manifest;
  const finer =
    insideBars === undefined
      ? "best"
      : (insideBars.finerIntervalMs ?? { noneFor: insideBars.reason ?? "" });
  const { report, series } = await computeBacktest(context, { config, plan, earlierTrials, finer });
  const { analysis } = report;
  if (analysis === null) throw new Error("Invariant: a new report has its analysis");
  const { workspaceId } = job;
  const { backtestId } = task.backtest;
  const parts = [
    ...comparedParts(task.report, report),
    ...(await comparedSeries(database, { workspaceId, backtestId }, series)),
  ];
  const outcome: Outcome = {
    // Code that is newer and comes to the same result has verified it as well.
    agrees: parts.every(({ name, agrees }) => agrees !== false || name === CODE_PART),
    hashes: analysis.hashes,
    parts,
    durationMs: Date.now() - startedAtMs,
  };
  return {
    kind: "succeeded",
    result: { agrees: outcome.agrees },
    write: (client) => saveVerificationOutcome(client, params.verificationId, outcome),
  };
}
