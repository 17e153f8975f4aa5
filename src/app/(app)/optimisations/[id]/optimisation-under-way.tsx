"use client";

import type { OptimisationView } from "#contracts/optimisation.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { JobProgress } from "#ui/job-progress.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { isJobActive } from "../../../job-links.ts";
import { useCancelJob } from "../../../use-cancel-job.ts";
import { TrialFacts } from "./trial-facts.tsx";

/** An optimisation without a result: how far it is with the best so far, or why there will be none. */
export function OptimisationUnderWay({ view }: { view: OptimisationView }) {
  const cancelJob = useCancelJob();
  const { job, live, strategyId, strategyVersion, config } = view;
  if (job !== null && isJobActive(job)) {
    return (
      <div className="flex flex-col gap-6">
        <Panel>
          <JobProgress job={job} onCancel={() => cancelJob(job.id)} />
        </Panel>
        <Panel
          title="Best so far"
          lead="It only rises: what counts is said at the end, with all trials against it."
        >
          {live === null || live.best === null ? (
            <p className="min-h-24 text-sm text-muted">
              {live === null
                ? "The first trials are under way."
                : `No trial with at least ${formatInteger(config.tradesMin)} trades yet.`}
            </p>
          ) : (
            <TrialFacts
              kind={strategyVersion.config.kind}
              objective={config.objective}
              trial={live.best}
            />
          )}
        </Panel>
      </div>
    );
  }
  const again =
    strategyId === null ? null : (
      <ButtonLink href={`/optimisations/new?strategy=${strategyVersion.id}`}>
        Search again
      </ButtonLink>
    );
  return (
    <Panel>
      {job?.state === "cancelled" ? (
        <EmptyState title="The optimisation was cancelled" action={again}>
          {live === null
            ? "Nothing was tried."
            : `No result was kept. The ${formatInteger(live.trials)} trials that were run stay counted as evidence, because they were seen.`}
        </EmptyState>
      ) : (
        <ErrorState
          title="The optimisation did not finish"
          message={job?.error?.message ?? "There is no result, and nothing else was changed."}
          action={again}
        />
      )}
    </Panel>
  );
}
