"use client";

import { ListChecks } from "lucide-react";
import { lazy } from "react";
import type { JobView } from "#contracts/job.ts";
import { OnFirstOpen } from "./on-first-open.tsx";
import { ProgressBar } from "./progress-bar.tsx";

export type JobsIndicatorProps = {
  jobs: readonly JobView[];
  jobHref: (job: JobView) => string;
  jobsHref: string;
  collapsed?: boolean | undefined;
};

const load = async () => ({ default: (await import("./jobs-popup.tsx")).JobsPopup });
const Popup = lazy(load);

/** What runs for this workspace, from every page. */
export function JobsIndicator(props: JobsIndicatorProps) {
  const { jobs, collapsed = false } = props;
  const active = jobs.filter(({ state }) => state === "queued" || state === "running");
  if (jobs.length === 0) return null;
  const label =
    active.length === 0
      ? "Jobs done"
      : `${active.length} ${active.length === 1 ? "job" : "jobs"} running`;
  const progress =
    active.length === 0 ? null : active.reduce((sum, job) => sum + job.progress, 0) / active.length;
  const trigger = (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="flex w-full flex-col gap-1.5 rounded-md px-2.5 py-2 text-left text-[13px] hover:bg-surface-2"
    >
      <span className="flex items-center gap-2 text-muted">
        <ListChecks aria-hidden className="size-4 shrink-0" />
        {collapsed ? null : <span aria-live="polite">{label}</span>}
      </span>
      {progress === null ? null : <ProgressBar value={progress} ariaLabel={label} />}
    </button>
  );
  return (
    <OnFirstOpen trigger={trigger} popup="dialog" load={load}>
      <Popup {...props} trigger={trigger} />
    </OnFirstOpen>
  );
}
