"use client";

import type { JobView } from "#contracts/job.ts";
import { Button } from "#ui/button.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatDuration, formatPercent } from "#ui/format.ts";
import { jobSentence } from "#ui/job-progress.tsx";
import { JobStateBadge } from "#ui/job-state-badge.tsx";
import { ProgressBar } from "#ui/progress-bar.tsx";
import { Time } from "#ui/time.tsx";
import { isJobActive, JOB_KIND_LABEL, JOB_STATE_LABEL } from "../../job-links.ts";
import { useCancelJob } from "../../use-cancel-job.ts";

export const JOB_COLUMNS: readonly DataColumn<JobView>[] = [
  { id: "title", header: "Job", value: (job) => job.title },
  { id: "kind", header: "Kind", value: (job) => JOB_KIND_LABEL[job.kind], hiddenByDefault: true },
  {
    id: "state",
    header: "State",
    value: (job) => JOB_STATE_LABEL[job.state],
    cell: (job) => <JobStateBadge job={job} />,
  },
  {
    id: "progress",
    header: "Progress",
    value: (job) => job.progress,
    format: (value) => formatPercent(value, { digits: 0 }),
    cell: (job) => <Progress job={job} />,
    csv: { unit: "fraction" },
    align: "left",
  },
  {
    id: "created",
    header: "Started",
    value: (job) => job.createdAtMs,
    cell: startOf,
    csv: csvTime((job) => job.startedAtMs ?? job.createdAtMs),
  },
  {
    id: "elapsed",
    header: "Took",
    value: (job) => job.elapsedMs,
    format: formatDuration,
    csv: { unit: "ms" },
  },
  {
    id: "cancel",
    header: "Stop",
    value: () => null,
    sortable: false,
    cell: (job) => (isJobActive(job) ? <CancelButton job={job} /> : null),
  },
];

function startOf(job: JobView) {
  return <Time ms={job.startedAtMs ?? job.createdAtMs} />;
}

function Progress({ job }: { job: JobView }) {
  return (
    <div className="flex min-w-40 flex-col gap-1">
      {job.state === "running" ? (
        <ProgressBar value={job.progress} ariaLabel={`Progress of ${job.title}`} />
      ) : null}
      <span className={job.state === "failed" ? "text-bad" : "text-muted"}>{jobSentence(job)}</span>
    </div>
  );
}

function CancelButton({ job }: { job: JobView }) {
  const cancelJob = useCancelJob();
  return (
    <Button
      size="sm"
      disabled={job.cancelRequested}
      aria-label={`Cancel ${job.title}`}
      onClick={() => cancelJob(job.id)}
    >
      {job.cancelRequested ? "Stopping…" : "Cancel"}
    </Button>
  );
}
