"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { subjectOf } from "#contracts/books-subject.ts";
import type { ModelListItem } from "#contracts/model.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { useTableView } from "../use-table-view.ts";
import { bookNames } from "./book-names.ts";
import { MODEL_STAGES } from "./model-stages.ts";
import { StageBadge } from "./stage-badge.tsx";
import { useDeleteModel } from "./use-delete-model.ts";
import { VerdictBadge } from "./verdict-badge.tsx";
import { differenceText, verdictWords } from "./verdict-words.ts";

const COLUMNS: readonly DataColumn<ModelListItem>[] = [
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
    id: "stage",
    header: "Stage",
    help: "Of the live version, or else of the newest.",
    value: ({ shown }) => MODEL_STAGES[shown.stage].label,
    cell: ({ shown }) => <StageBadge stage={shown.stage} />,
  },
  {
    id: "version",
    header: "Version",
    help: "The live one, or else the newest, of how many.",
    value: ({ shown }) => shown.version,
    cell: ({ shown, versions }) => `${shown.version} of ${formatInteger(versions)}`,
    align: "right",
  },
  { id: "learner", header: "Model", value: ({ shown }) => shown.card.learner.label },
  {
    id: "subject",
    header: "Learned from",
    value: ({ shown }) => bookNames(shown.card.books),
    cell: ({ shown: { card } }) => (
      <span title={bookNames(card.books)}>{subjectOf(card.books)}</span>
    ),
  },
  {
    id: "label",
    header: "Label",
    value: ({ shown }) => shown.card.label,
    hiddenByDefault: true,
  },
  {
    id: "verdict",
    header: "Verdict",
    help: "Against the best of its baselines, on the same rows out of sample.",
    value: ({ shown }) => verdictWords(shown.card.verdict).short,
    cell: ({ shown }) => <VerdictBadge verdict={shown.card.verdict} />,
  },
  {
    id: "difference",
    header: "Against baseline",
    help: "Loss less that of the best baseline, as a share of it: below zero is better.",
    value: ({ shown: { card } }) =>
      card.verdict === null ? null : (card.verdict.relativeDifference ?? card.verdict.difference),
    cell: ({ shown: { card } }) =>
      card.verdict === null ? (
        <span className="text-muted">–</span>
      ) : (
        <span title={String(card.verdict.difference)}>{differenceText(card.verdict)}</span>
      ),
    align: "right",
  },
  {
    id: "registered",
    header: "Registered",
    value: ({ shown }) => shown.createdAtMs,
    cell: ({ shown }) => <Time ms={shown.createdAtMs} />,
    csv: csvTime(({ shown }) => shown.createdAtMs),
    align: "right",
  },
  {
    id: "delete",
    header: "Delete",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (model) => <DeleteModel model={model} />,
  },
];

type Props = { hasRun: boolean; hasDataset: boolean };

/** Models of the workspace, each by the version that answers for it. */
export function ModelsTable(props: Props) {
  const trpc = useTRPC();
  const { data: models } = useSuspenseQuery(trpc.models.list.queryOptions());
  const { state, onStateChange } = useTableView({ id: "registered", desc: true });
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Models"
        rowLabel="model"
        columns={COLUMNS}
        data={models}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/models/${id}`}
        filterPlaceholder="Name, model or symbol"
        csvName="models"
        state={state}
        onStateChange={onStateChange}
        emptyState={<NoModel {...props} />}
      />
      <NewestOnly count={models.length} />
    </Panel>
  );
}

function NoModel({ hasRun, hasDataset }: Props) {
  const next = hasRun
    ? { href: "/models?view=runs", label: "Open runs" }
    : hasDataset
      ? { href: "/models?view=datasets", label: "Open datasets" }
      : { href: "/models/datasets/new", label: "New dataset" };
  return (
    <EmptyState
      title="No model yet"
      action={
        <ButtonLink href={next.href} variant="primary">
          {next.label}
        </ButtonLink>
      }
    >
      A model is registered from the result of a run. A run trains models on a dataset and says
      whether they beat knowing nothing; a dataset says which bars, what is computed of them and
      what is to be predicted.
    </EmptyState>
  );
}

function DeleteModel({ model: { id, name } }: { model: ModelListItem }) {
  const remove = useDeleteModel();
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
