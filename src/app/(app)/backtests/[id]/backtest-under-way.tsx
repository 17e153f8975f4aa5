"use client";

import type { OwnReport } from "#contracts/packed-report.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { JobProgress } from "#ui/job-progress.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { isJobActive } from "../../../job-links.ts";
import { useCancelJob } from "../../../use-cancel-job.ts";

/** A backtest without a report: its progress, or why there will be none. */
export function BacktestUnderWay({ view }: { view: OwnReport }) {
  const cancelJob = useCancelJob();
  const { job, strategyId, strategyVersion } = view;
  if (job !== null && isJobActive(job)) {
    return (
      <Panel>
        <JobProgress job={job} onCancel={() => cancelJob(job.id)} />
      </Panel>
    );
  }
  const change =
    strategyId === null ? null : (
      <ButtonLink href={`/strategies/${strategyId}/edit?version=${strategyVersion.version}`}>
        Change the strategy
      </ButtonLink>
    );
  return (
    <Panel>
      {job?.state === "cancelled" ? (
        <EmptyState title="The backtest was cancelled" action={change}>
          Nothing was kept of it. It can be started again from the strategy.
        </EmptyState>
      ) : (
        <ErrorState
          title="The backtest did not finish"
          message={job?.error?.message ?? "There is no report, and nothing else was changed."}
          action={change}
        />
      )}
    </Panel>
  );
}
