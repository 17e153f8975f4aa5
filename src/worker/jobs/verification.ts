import type { BacktestReport, Metric, MetricName } from "#contracts/backtest.ts";
import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { Manifest } from "#contracts/manifest.ts";
import type { Verification, VerifiedPart } from "#contracts/verification.ts";
import { saveVerificationOutcome, verificationTask } from "#db/verifications.ts";
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
  const earlierTrials = (task.report.analysis?.evidence.trials ?? 1) - 1;
  const { report } = await computeBacktest(context, { config, plan, earlierTrials });
  const { analysis } = report;
  if (analysis === null) throw new Error("Invariant: a new report has its analysis");
  const parts = comparedParts(task.report, report);
  const outcome: Outcome = {
    // Code that is newer and comes to the same result has verified it as well.
    agrees: parts.every(({ name, agrees }) => agrees !== false || name === CODE),
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

const CODE = "code";

function comparedParts(reported: BacktestReport, found: BacktestReport): VerifiedPart[] {
  const hashOf = (report: BacktestReport, name: "orders" | "fills" | "equity"): string =>
    report.analysis?.hashes[name] ?? NOT_KEPT;
  return [
    part("settings", reported.manifest.configHash, found.manifest.configHash),
    part("data", dataText(reported.manifest), dataText(found.manifest)),
    part(CODE, reported.manifest.codeHash, found.manifest.codeHash),
    ...(["orders", "fills", "equity"] as const).map((name) =>
      part(name, hashOf(reported, name), hashOf(found, name)),
    ),
    ...metricNames(found).map((name) =>
      part(name, metricText(reported.metrics[name]), metricText(found.metrics[name])),
    ),
  ];
}

/** In the place of what older reports do not have. */
const NOT_KEPT = "not kept";

/** Hash of the bars that were read. One of whole series says nothing of them: it changes when a series grows. */
function dataText({ hashedBars, dataHash }: Manifest): string {
  return hashedBars === "read" ? dataHash : NOT_KEPT;
}

function metricNames({ metrics }: BacktestReport): MetricName[] {
  return Object.keys(metrics) as MetricName[];
}

function metricText({ value, reason }: Metric): string {
  return value === null ? (reason ?? "none") : String(value);
}

function part(name: string, reported: string, found: string): VerifiedPart {
  const agrees = reported === NOT_KEPT ? null : reported === found;
  return { name, reported, found, agrees };
}
