"use client";

import { ListChecks } from "lucide-react";
import { Popover } from "radix-ui";
import type { JobView } from "#contracts/job.ts";
import { JobProgress } from "./job-progress.tsx";
import { UiLink } from "./link-context.tsx";
import { ProgressBar } from "./progress-bar.tsx";

export type JobsIndicatorProps = {
  jobs: readonly JobView[];
  jobHref: (job: JobView) => string;
  jobsHref: string;
  collapsed?: boolean | undefined;
};

/** What runs for this workspace, from every page. */
export function JobsIndicator(props: JobsIndicatorProps) {
  const { jobs, jobHref, jobsHref, collapsed = false } = props;
  const active = jobs.filter(({ state }) => state === "queued" || state === "running");
  if (jobs.length === 0) return null;
  const label =
    active.length === 0
      ? "Jobs done"
      : `${active.length} ${active.length === 1 ? "job" : "jobs"} running`;
  const progress =
    active.length === 0 ? null : active.reduce((sum, job) => sum + job.progress, 0) / active.length;
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={label}
        title={label}
        className="flex w-full flex-col gap-1.5 rounded-md px-2.5 py-2 text-left text-[13px] hover:bg-surface-2"
      >
        <span className="flex items-center gap-2 text-muted">
          <ListChecks aria-hidden className="size-4 shrink-0" />
          {collapsed ? null : <span aria-live="polite">{label}</span>}
        </span>
        {progress === null ? null : <ProgressBar value={progress} ariaLabel={label} />}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="right"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Jobs"
          className="z-50 flex max-h-[70dvh] w-80 max-w-[calc(100vw-1rem)] flex-col overflow-y-auto rounded-lg border border-line bg-surface shadow-float"
        >
          <ul className="divide-y divide-line">
            {jobs.slice(0, 8).map((job) => (
              <li key={job.id}>
                <UiLink href={jobHref(job)} className="block px-3.5 py-2.5 hover:bg-surface-2">
                  <JobProgress job={job} compact />
                </UiLink>
              </li>
            ))}
          </ul>
          <UiLink
            href={jobsHref}
            className="border-t border-line px-3.5 py-2.5 text-[13px] text-accent hover:underline"
          >
            All jobs
          </UiLink>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
