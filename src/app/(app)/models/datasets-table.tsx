"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { subjectOf } from "#contracts/books-subject.ts";
import type { DatasetVersionView, DatasetView } from "#contracts/dataset.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { type CellValue, csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatSpanUtc } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { useTableView } from "../use-table-view.ts";
import { bookNames } from "./book-names.ts";
import { POOLING_WORDS } from "./datasets/pooling-words.ts";
import { labelWords } from "./label-words.ts";
import { useDeleteDataset } from "./use-delete-dataset.ts";

/** A column of the newest version; a dataset is saved together with its first, so there always is one. */
const ofNewest =
  (value: (version: DatasetVersionView) => CellValue) =>
  ({ versions: [newest] }: DatasetView): CellValue =>
    newest === undefined ? null : value(newest);

const changedMs = ({ versions: [newest], createdAtMs }: DatasetView) =>
  newest?.createdAtMs ?? createdAtMs;

const COLUMNS: readonly DataColumn<DatasetView>[] = [
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
    id: "subject",
    header: "Of",
    value: ofNewest(({ books }) => bookNames(books)),
    cell: ({ versions: [newest] }) =>
      newest === undefined ? null : (
        <span title={bookNames(newest.books)}>{subjectOf(newest.books)}</span>
      ),
  },
  {
    id: "interval",
    header: "Bars",
    value: ofNewest(({ config }) => config.intervalMs),
    cell: ({ versions: [newest] }) =>
      newest === undefined ? null : intervalLabel(newest.config.intervalMs),
    csv: { value: ofNewest(({ config }) => intervalLabel(config.intervalMs)) },
    align: "right",
  },
  {
    id: "span",
    header: "Span",
    unit: "UTC",
    value: ofNewest(({ config }) => formatSpanUtc(config.window)),
    hiddenByDefault: true,
  },
  {
    id: "features",
    header: "Features",
    value: ofNewest(({ config }) => config.features.length),
    format: formatInteger,
  },
  {
    id: "label",
    header: "Label",
    help: "What is to be predicted.",
    value: ofNewest(({ config }) => labelWords(config.label)),
  },
  {
    id: "pooling",
    header: "Models",
    help: "One of all groups together, or one of each.",
    value: ofNewest(({ config }) => POOLING_WORDS[config.pooling]),
    hiddenByDefault: true,
  },
  {
    id: "versions",
    header: "Versions",
    value: ({ versions }) => versions.length,
    format: formatInteger,
  },
  {
    id: "runs",
    header: "Runs",
    value: ({ versions }) => versions.reduce((sum, { runCount }) => sum + runCount, 0),
    format: formatInteger,
  },
  { id: "notes", header: "Notes", value: ({ notes }) => notes, hiddenByDefault: true },
  {
    id: "changed",
    header: "Changed",
    value: changedMs,
    cell: (dataset) => <Time ms={changedMs(dataset)} />,
    csv: csvTime(changedMs),
    align: "right",
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (dataset) => <DatasetActions dataset={dataset} />,
  },
];

/** Datasets of the workspace, each by its newest version. */
export function DatasetsTable() {
  const trpc = useTRPC();
  const { data: datasets } = useSuspenseQuery(trpc.datasets.list.queryOptions());
  const { state, onStateChange } = useTableView({ id: "changed", desc: true });
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Datasets"
        rowLabel="dataset"
        columns={COLUMNS}
        data={datasets}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/models/datasets/${id}`}
        filterPlaceholder="Name, symbol or label"
        csvName="datasets"
        state={state}
        onStateChange={onStateChange}
        emptyState={
          <EmptyState
            title="No dataset yet"
            action={
              <ButtonLink href="/models/datasets/new" variant="primary">
                New dataset
              </ButtonLink>
            }
          >
            A dataset says which bars of which pairs or instruments are looked at, what is computed
            of them, and what is to be predicted. Every change is a new version.
          </EmptyState>
        }
      />
      <NewestOnly count={datasets.length} />
    </Panel>
  );
}

function DatasetActions({ dataset: { id, name, versions } }: { dataset: DatasetView }) {
  const remove = useDeleteDataset();
  const [newest] = versions;
  return (
    <span className="inline-flex gap-1">
      {newest === undefined ? null : (
        <ButtonLink
          size="sm"
          href={`/models/runs/new?dataset=${newest.id}`}
          aria-label={`Train on ${name}`}
        >
          Train
        </ButtonLink>
      )}
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Delete ${name}`}
        onClick={() => void remove(id, `“${name}”`)}
      >
        Delete
      </Button>
    </span>
  );
}
