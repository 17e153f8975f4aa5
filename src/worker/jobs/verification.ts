import type { BacktestReport, Metric, MetricName } from "#contracts/backtest.ts";
import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { Verification } from "#contracts/verification.ts";
import { saveVerificationOutcome, verificationTask } from "#db/verifications.ts";
import { computeBacktest } from "./compute-backtest.ts";
import type { JobContext, JobEnding } from "./job-context.ts";

type Outcome = NonNullable<Verification["outcome"]>;
type Part = Outcome["parts"][number];

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
    agrees: parts.every(({ name, agrees }) => agrees || name === CODE),
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

function comparedParts(reported: BacktestReport, found: BacktestReport): Part[] {
  const hashOf = (report: BacktestReport, name: "orders" | "fills" | "equity"): string =>
    report.analysis?.hashes[name] ?? NOT_KEPT;
  return [
    part("settings", reported.manifest.configHash, found.manifest.configHash),
    part("data", reported.manifest.dataHash, found.manifest.dataHash),
    part(CODE, reported.manifest.codeHash, found.manifest.codeHash),
    ...(["orders", "fills", "equity"] as const).map((name) => {
      const before = hashOf(reported, name);
      const compared = part(name, before, hashOf(found, name));
      return before === NOT_KEPT ? { ...compared, agrees: true } : compared;
    }),
    ...metricNames(found).map((name) =>
      part(name, metricText(reported.metrics[name]), metricText(found.metrics[name])),
    ),
  ];
}

/** Of reports from before runs had hashes. */
const NOT_KEPT = "not kept";

function metricNames({ metrics }: BacktestReport): MetricName[] {
  return Object.keys(metrics) as MetricName[];
}

function metricText({ value, reason }: Metric): string {
  return value === null ? (reason ?? "none") : String(value);
}

function part(name: string, reported: string, found: string): Part {
  return { name, reported, found, agrees: reported === found };
}
