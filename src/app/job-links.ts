import type { JobKind, JobState, JobView } from "#contracts/job.ts";

/** Whether a job still waits or runs. */
export function isJobActive(job: Pick<JobView, "state">): boolean {
  return job.state === "queued" || job.state === "running";
}

/** Where the result of a job is shown. */
export function jobHref(job: Pick<JobView, "kind" | "subjectId">): string {
  return PAGE_OF_KIND[job.kind](job.subjectId);
}

const PAGE_OF_KIND: Record<JobKind, (subjectId: string) => string> = {
  "inspect-upload": () => "/markets/upload",
  "import-uploads": () => "/markets/upload",
  scan: (id) => `/discover/scans/${id}`,
  backtest: (id) => `/backtests/${id}`,
  optimisation: (id) => `/optimisations/${id}`,
  verification: (id) => `/backtests/${id}?view=manifest`,
  "published-study": (id) => `/strategies/published/${id}`,
  "learning-run": (id) => `/models/runs/${id}`,
  "pair-analysis": (id) => `/pairs/workbench?analysis=${id}`,
  "backfill-history": () => "/markets",
};

export const JOB_KIND_LABEL: Record<JobKind, string> = {
  "inspect-upload": "Reading a file",
  "import-uploads": "Import",
  scan: "Scan",
  backtest: "Backtest",
  optimisation: "Optimisation",
  verification: "Verification",
  "published-study": "Published study",
  "learning-run": "Training",
  "pair-analysis": "Analysis of a pair",
  "backfill-history": "History",
};

export const JOB_STATE_LABEL: Record<JobState, string> = {
  queued: "Waiting",
  running: "Running",
  succeeded: "Finished",
  failed: "Failed",
  cancelled: "Cancelled",
};
