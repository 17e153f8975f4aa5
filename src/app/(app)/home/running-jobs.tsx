"use client";

import { JobProgress } from "#ui/job-progress.tsx";
import { Panel } from "#ui/panel.tsx";
import { isJobActive } from "../../job-links.ts";
import { useCancelJob } from "../../use-cancel-job.ts";
import { useRecentJobs } from "../../use-recent-jobs.ts";

export function RunningJobs() {
  const cancelJob = useCancelJob();
  const running = useRecentJobs().filter(isJobActive);
  if (running.length === 0) return null;
  return (
    <Panel title="Running now">
      <ul className="flex flex-col gap-4">
        {running.map((job) => (
          <li key={job.id}>
            <JobProgress job={job} onCancel={() => cancelJob(job.id)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
