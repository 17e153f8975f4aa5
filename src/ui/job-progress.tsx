"use client";

import type { JobView } from "#contracts/job.ts";
import { Button } from "./button.tsx";
import { formatDuration, formatPercent } from "./format.ts";
import { JobStateBadge } from "./job-state-badge.tsx";
import { ProgressBar } from "./progress-bar.tsx";

export type JobProgressProps = {
  job: JobView;
  onCancel?: (() => void) | undefined;
  /** One line, for lists and the side bar. */
  compact?: boolean | undefined;
};

/** How far a job is, how long it took and will take, and the way to stop it. */
export function JobProgress(props: JobProgressProps) {
  const { job, onCancel, compact = false } = props;
  const isActive = job.state === "queued" || job.state === "running";
  return (
    <section aria-label={`Job: ${job.title}`} className="flex flex-col gap-2 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 truncate font-medium">{job.title}</span>
        <JobStateBadge job={job} />
      </div>
      {isActive ? (
        <ProgressBar
          value={job.state === "queued" ? null : job.progress}
          ariaLabel={`Progress of ${job.title}`}
        />
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-[13px] text-muted">
        <span>{jobSentence(job)}</span>
        {isActive && onCancel !== undefined && !compact ? (
          <Button size="sm" onClick={onCancel} disabled={job.cancelRequested}>
            {job.cancelRequested ? "Stopping…" : "Cancel"}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

/** What a job does now, or how it ended, in one sentence. */
export function jobSentence(job: JobView): string {
  switch (job.state) {
    case "queued":
      return job.stage === "" ? "Waiting for a free worker" : job.stage;
    case "running": {
      const remaining =
        job.remainingMs === null ? "" : `, about ${formatDuration(job.remainingMs)} left`;
      const stage = job.stage === "" ? "Running" : job.stage;
      return `${stage} · ${formatPercent(job.progress, { digits: 0 })} · ${formatDuration(job.elapsedMs)}${remaining}`;
    }
    case "succeeded":
      return [...leftOut(job), `Done in ${formatDuration(job.elapsedMs)}`].join(" · ");
    case "failed":
      return job.error === null ? "Failed" : job.error.message;
    case "cancelled":
      return `Cancelled after ${formatDuration(job.elapsedMs)}; ${cancelledOutcome(job)}`;
  }
}

/** A history is stored piece by piece, everything else at its end. */
function cancelledOutcome({ kind }: JobView): string {
  return kind === "backfill-history" ? "what was fetched is kept" : "nothing was changed";
}

/** A job that is done may still have left out some of its files or symbols, which must not pass unseen. */
export function leftOut({ files, symbols }: Pick<JobView, "files" | "symbols">): readonly string[] {
  return [...refusedFiles(files), ...failedSymbols(symbols)];
}

function refusedFiles(files: JobView["files"]): readonly string[] {
  if (files === null || files.refused === 0) return [];
  return [
    `${files.imported} of ${files.imported + files.refused} files imported, ${files.refused} refused`,
  ];
}

function failedSymbols(symbols: JobView["symbols"]): readonly string[] {
  const failed = (symbols ?? []).filter(({ error }) => error !== null);
  const [first] = failed;
  if (symbols === null || first === undefined) return [];
  const others = failed.length === 1 ? "" : ` (and ${failed.length - 1} more)`;
  return [
    `${failed.length} of ${symbols.length} symbols failed: ${first.symbol}: ${first.error}${others}`,
  ];
}
