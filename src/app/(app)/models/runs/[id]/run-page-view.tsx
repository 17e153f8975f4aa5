"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { LearningRunView } from "#contracts/learning-run.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { isJobActive } from "../../../../job-links.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { booksInWords } from "../../../strategies/books-in-words.ts";
import { labelWords } from "../../label-words.ts";
import { RUN_KINDS } from "../run-words.ts";
import { RunActions } from "./run-actions.tsx";
import { RunResultView } from "./run-result.tsx";
import { RunUnderWay } from "./run-under-way.tsx";

const POLL_MS = 1_000;

export function RunPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery({
    ...trpc.learningRuns.get.queryOptions({ id }),
    refetchInterval: (query) => (isBusy(query.state.data) ? POLL_MS : false),
  });
  const { summary } = view;
  return (
    <>
      <PageHeader
        title={view.name}
        lead={leadOf(view)}
        breadcrumbs={[
          { label: "Models", href: "/models" },
          { label: "Runs", href: "/models?view=runs" },
        ]}
        badges={view.synthetic ? <SyntheticBadge /> : null}
        actions={<RunActions view={view} />}
      />
      {summary === null ? (
        <RunUnderWay view={view} />
      ) : (
        <RunResultView view={view} summary={summary} />
      )}
    </>
  );
}

function leadOf({ config, datasetVersion, datasetName }: LearningRunView): string {
  const books = booksInWords(datasetVersion.books);
  const of = `“${datasetName}” v${datasetVersion.version}`;
  // The other kinds have labels of their own.
  if (config.kind !== "models") return `${RUN_KINDS[config.kind].label} of ${books}, on ${of}.`;
  return `${labelWords(datasetVersion.config.label)}, of ${books}, on ${of}.`;
}

function isBusy(view: LearningRunView | undefined): boolean {
  return view !== undefined && view.job !== null && isJobActive(view.job);
}
