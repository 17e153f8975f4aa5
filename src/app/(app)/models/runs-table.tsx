"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { LearningRunListItem } from "#contracts/learning-run.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { JobStateBadge } from "#ui/job-state-badge.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { isJobActive, JOB_STATE_LABEL } from "../../job-links.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { useTableView } from "../use-table-view.ts";
import { RUN_KINDS } from "./runs/run-words.ts";
import { useDeleteRun } from "./use-delete-run.ts";

const POLL_MS = 1_000;

const COLUMNS: readonly DataColumn<LearningRunListItem>[] = [
  {
    id: "name",
    header: "Name",
    value: ({ name }) => name,
    cell: ({ name, synthetic }) => (
      <span className="inline-flex items-center gap-2 font-medium">
        {name}
        {synthetic ? <SyntheticBadge /> : null}
      </span>
    ),
  },
  {
    id: "dataset",
    header: "Dataset",
    value: ({ datasetName, datasetVersion }) => `${datasetName} v${datasetVersion}`,
  },
  { id: "subject", header: "Learned from", value: ({ subject }) => subject },
  { id: "kind", header: "Kind", value: ({ kind }) => RUN_KINDS[kind].label },
  {
    id: "models",
    header: "Models",
    help: "Without the baselines.",
    value: ({ models }) => models,
    format: formatInteger,
  },
  {
    id: "beating",
    header: "Beating",
    help: "Models that beat the best baseline somewhere.",
    value: ({ beating }) => beating,
    format: formatInteger,
  },
  {
    id: "trials",
    header: "Trials",
    help: "Settings that were tried: the more, the better the best of them looks by chance.",
    value: ({ trials }) => trials,
    format: formatInteger,
  },
  {
    id: "state",
    header: "State",
    value: ({ job }) => JOB_STATE_LABEL[job?.state ?? "succeeded"],
    cell: ({ job }) => <JobStateBadge job={job ?? { state: "succeeded" }} />,
  },
  {
    id: "created",
    header: "Started",
    value: ({ createdAtMs }) => createdAtMs,
    cell: ({ createdAtMs }) => <Time ms={createdAtMs} />,
    csv: csvTime(({ createdAtMs }) => createdAtMs),
    align: "right",
  },
  {
    id: "delete",
    header: "Delete",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (run) => <DeleteRun run={run} />,
  },
];

type Props = {
  hasDataset: boolean;
  /** Only the runs of this one; a first run is on its version. */
  dataset?: { readonly id: string; readonly versionId: string } | undefined;
};

/** Runs of the workspace, or of one dataset; asked for again while one is under way. */
export function RunsTable({ hasDataset, dataset }: Props) {
  const trpc = useTRPC();
  const { data: runs } = useSuspenseQuery({
    ...trpc.learningRuns.list.queryOptions(dataset === undefined ? {} : { datasetId: dataset.id }),
    refetchInterval: (query) => (query.state.data?.some(isBusy) === true ? POLL_MS : false),
  });
  const { state, onStateChange } = useTableView({ id: "created", desc: true });
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Runs"
        rowLabel="run"
        columns={COLUMNS}
        data={runs}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/models/runs/${id}`}
        filterPlaceholder="Name, dataset or symbol"
        csvName="runs"
        state={state}
        onStateChange={onStateChange}
        emptyState={<NoRun hasDataset={hasDataset} versionId={dataset?.versionId ?? null} />}
      />
      <NewestOnly count={runs.length} />
    </Panel>
  );
}

function NoRun(props: { hasDataset: boolean; versionId: string | null }) {
  const { href, label } = firstStep(props);
  return (
    <EmptyState
      title="No run yet"
      action={
        <ButtonLink href={href} variant="primary">
          {label}
        </ButtonLink>
      }
    >
      A run trains several models on a dataset, with baselines beside them, and judges all of them
      on rows that none has seen.
    </EmptyState>
  );
}

function firstStep(from: { hasDataset: boolean; versionId: string | null }) {
  const { hasDataset, versionId } = from;
  if (versionId !== null)
    return { href: `/models/runs/new?dataset=${versionId}`, label: "Train models" };
  return hasDataset
    ? { href: "/models?view=datasets", label: "Choose a dataset" }
    : { href: "/models/datasets/new", label: "New dataset" };
}

function DeleteRun({ run: { id, name } }: { run: LearningRunListItem }) {
  const remove = useDeleteRun();
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-label={`Delete ${name}`}
      onClick={() => void remove(id, `“${name}”`)}
    >
      Delete
    </Button>
  );
}

function isBusy({ job }: LearningRunListItem): boolean {
  return job !== null && isJobActive(job);
}
