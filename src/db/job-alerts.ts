import type { AlertDetail, AlertSubject } from "#contracts/alert.ts";
import type { JobError, JobKind, JobState } from "#contracts/job.ts";
import { lockAlertsOf, RAISE_FROM_RULE } from "./alert-transitions.ts";
import type { Queryable } from "./client.ts";

type JobMetric = (AlertSubject & { kind: "job" })["metric"];

const METRIC: Partial<Record<JobState, JobMetric>> = {
  succeeded: "job-succeeded",
  failed: "job-failed",
};

const WORDS: Record<JobKind, string> = {
  "inspect-upload": "Reading a file",
  "import-uploads": "An import",
  scan: "A scan",
  backtest: "A backtest",
  optimisation: "An optimisation",
  verification: "A verification",
  "published-study": "A study of the published strategies",
  "learning-run": "A training of models",
  "pair-analysis": "A pair analysis",
  "backfill-history": "Fetching history",
};

/**
 * Raises the alerts of a workspace's rules on jobs. Call it in the transaction that ends the job: that is
 * what makes it once for each job. A rule within its cooldown stays silent.
 */
export async function raiseJobAlerts(
  client: Queryable,
  job: {
    readonly id: string;
    readonly workspaceId: string;
    readonly kind: JobKind;
    readonly state: JobState;
    readonly error: JobError | null;
  },
): Promise<void> {
  const metric = METRIC[job.state];
  if (metric === undefined) return;
  const { rowCount } = await client.query(
    `select from alert_rule where workspace_id = $1 and ${JOB_RULE} limit 1`,
    [job.workspaceId, metric],
  );
  if (rowCount === 0) return;
  await lockAlertsOf(client, job.workspaceId);
  const detail: AlertDetail = { value: null, threshold: 0, jobId: job.id };
  const outcome = job.error === null ? "has finished" : `has failed: ${job.error.message}`;
  await client.query(
    `with rule as (
       update alert_rule set crossing = crossing + 1, last_fired_at = now()
        where workspace_id = $1 and ${JOB_RULE}
          and (last_fired_at is null
            or last_fired_at <= now() - (config ->> 'cooldownMs')::float8 * interval '1 millisecond')
       returning *, $3::text as message, $4::jsonb as detail),
     ${RAISE_FROM_RULE}`,
    [job.workspaceId, metric, `${WORDS[job.kind]} ${outcome}`, JSON.stringify(detail)],
  );
}

/** $2 is the metric. */
const JOB_RULE = `is_enabled and deleted_at is null
  and config -> 'subject' ->> 'kind' = 'job' and config -> 'subject' ->> 'metric' = $2`;
