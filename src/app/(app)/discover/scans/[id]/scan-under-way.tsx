"use client";

import type { ScanView } from "#contracts/scan.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { JobProgress } from "#ui/job-progress.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { isJobActive } from "../../../../job-links.ts";
import { useCancelJob } from "../../../../use-cancel-job.ts";

/** A scan without a result: its progress, or why there will be none. */
export function ScanUnderWay({ scan }: { scan: ScanView }) {
  const cancelJob = useCancelJob();
  const { job } = scan;
  if (job !== null && isJobActive(job)) {
    return (
      <Panel>
        <JobProgress job={job} onCancel={() => cancelJob(job.id)} />
      </Panel>
    );
  }
  const again = (
    <ButtonLink href={`/discover/scans/new?universe=${scan.universeId}`}>
      Change and start again
    </ButtonLink>
  );
  return (
    <Panel>
      {job?.state === "cancelled" ? (
        <EmptyState title="The scan was cancelled" action={again}>
          Nothing was kept of it. It can be started again at any time.
        </EmptyState>
      ) : (
        <ErrorState
          title="The scan did not finish"
          message={job?.error?.message ?? "There is no result, and nothing else was changed."}
          action={again}
        />
      )}
    </Panel>
  );
}
