"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { PublishedStudyView } from "#contracts/published-study.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatSpanUtc } from "#ui/format.ts";
import { JobProgress } from "#ui/job-progress.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { isJobActive } from "../../../../job-links.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { useCancelJob } from "../../../../use-cancel-job.ts";
import { StudyResultView } from "./study-result-view.tsx";

const POLL_MS = 400;
const BREADCRUMBS = [
  { label: "Strategies", href: "/strategies" },
  { label: "Published strategies", href: "/strategies/published" },
];

export function PublishedStudyPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery({
    ...trpc.publishedStudies.get.queryOptions({ id }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && data.job !== null && isJobActive(data.job) ? POLL_MS : false,
  });
  return (
    <>
      <PageHeader
        title="What is left of two published strategies"
        lead={`Traded ${formatSpanUtc(view.config.trading)}, formed ${formatSpanUtc(view.config.formation)}.`}
        breadcrumbs={BREADCRUMBS}
        badges={view.synthetic ? <SyntheticBadge /> : null}
      />
      {view.result === null ? (
        <UnderWay view={view} />
      ) : (
        <StudyResultView result={view.result} config={view.config} />
      )}
    </>
  );
}

function UnderWay({ view: { job } }: { view: PublishedStudyView }) {
  const cancelJob = useCancelJob();
  if (job !== null && isJobActive(job)) {
    return (
      <Panel>
        <JobProgress job={job} onCancel={() => cancelJob(job.id)} />
      </Panel>
    );
  }
  const again = <ButtonLink href="/strategies/published">New study</ButtonLink>;
  return (
    <Panel>
      {job?.state === "cancelled" ? (
        <EmptyState title="The study was cancelled" action={again}>
          Nothing was kept of it.
        </EmptyState>
      ) : (
        <ErrorState
          title="The study did not finish"
          message={job?.error?.message ?? "There is no result, and nothing else was changed."}
          action={again}
        />
      )}
    </Panel>
  );
}
