"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { JobView } from "#contracts/job.ts";
import type { PairAnalysisView } from "#contracts/pair-analysis.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { JobProgress } from "#ui/job-progress.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { errorWords } from "../../../error-words.ts";
import { isJobActive } from "../../../job-links.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { useCancelJob } from "../../../use-cancel-job.ts";
import { useJob } from "../../../use-job.ts";
import { useJobEnd } from "../../../use-job-end.ts";
import { AnalysisResult } from "./analysis-result.tsx";

/** An analysis: under way, failed, cancelled or answered. */
export function AnalysisOutcome({ id, isStale }: { id: string; isStale: boolean }) {
  const trpc = useTRPC();
  const { data: view, error, refetch } = useQuery(trpc.pairAnalyses.get.queryOptions({ id }));
  if (view !== undefined) return <Known view={view} isStale={isStale} />;
  if (error === null) return <Skeleton className="h-96 w-full" />;
  const { message, errorId } = errorWords(error);
  return (
    <Panel>
      <ErrorState
        title="The analysis could not be read"
        message={message}
        errorId={errorId}
        onRetry={() => void refetch()}
      />
    </Panel>
  );
}

function Known({ view, isStale }: { view: PairAnalysisView; isStale: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { job, result } = view;
  const isWaiting = result === null && job !== null && isJobActive(job);
  const followed = useJob(isWaiting ? job.id : null);
  useJobEnd(
    followed,
    () => void queryClient.invalidateQueries(trpc.pairAnalyses.get.queryFilter({ id: view.id })),
  );
  if (result === null) return <WithoutResult job={followed ?? job} />;
  return (
    <>
      {isStale ? (
        <Notice tone="warn">
          The settings have changed since: what follows answers the question that was asked before.
        </Notice>
      ) : null}
      <AnalysisResult view={view} result={result} />
    </>
  );
}

function WithoutResult({ job }: { job: JobView | null }) {
  const cancelJob = useCancelJob();
  if (job !== null && isJobActive(job)) {
    return (
      <Panel>
        <JobProgress job={job} onCancel={() => cancelJob(job.id)} />
      </Panel>
    );
  }
  if (job?.state === "succeeded") return <Skeleton className="h-96 w-full" />;
  const wasCancelled = job?.state === "cancelled";
  return (
    <Panel>
      <ErrorState
        title={wasCancelled ? "The analysis was cancelled" : "The analysis did not finish"}
        message={
          wasCancelled
            ? "Nothing was kept of it. Run it again at any time."
            : (job?.error?.message ?? "There is no result, and nothing else was changed.")
        }
      />
    </Panel>
  );
}
