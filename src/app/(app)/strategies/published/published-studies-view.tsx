"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { PublishedStudyListItem } from "#contracts/published-study.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatSpanUtc } from "#ui/format.ts";
import { JobStateBadge } from "#ui/job-state-badge.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useUndoableDelete } from "../../discover/use-undoable-delete.ts";
import { NewestOnly } from "../../newest-only.tsx";
import { StudyForm } from "./study-form.tsx";

const COLUMNS: readonly DataColumn<PublishedStudyListItem>[] = [
  {
    id: "trading",
    header: "Traded",
    value: ({ trading }) => trading.startMs,
    cell: ({ trading, synthetic }) => (
      <span className="inline-flex items-center gap-2 font-medium">
        {formatSpanUtc(trading)}
        {synthetic ? <SyntheticBadge /> : null}
      </span>
    ),
    csv: csvTime(({ trading }) => trading.startMs),
  },
  { id: "pairs", header: "Pairs", value: ({ pairs }) => pairs, format: formatInteger },
  {
    id: "state",
    header: "State",
    value: ({ job }) => job?.state ?? null,
    cell: ({ job }) => (job === null ? null : <JobStateBadge job={job} />),
  },
  {
    id: "created",
    header: "Started",
    value: ({ createdAtMs }) => createdAtMs,
    cell: ({ createdAtMs }) => <Time ms={createdAtMs} />,
    align: "right",
    csv: csvTime(({ createdAtMs }) => createdAtMs),
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: ({ id }) => <DeleteStudy id={id} />,
  },
];

const BREADCRUMBS = [{ label: "Strategies", href: "/strategies" }];

export function PublishedStudiesView() {
  const trpc = useTRPC();
  const { data: studies } = useSuspenseQuery(trpc.publishedStudies.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Published strategies"
        lead="Two strategies as they were published, look-ahead and all, beside what is left of them when nothing is known beforehand."
        breadcrumbs={BREADCRUMBS}
      />
      <StudyForm />
      <Panel flush className="mt-6">
        <DataTable
          ariaLabel="Studies of the published strategies"
          rowLabel="study"
          rowsLabel="studies"
          columns={COLUMNS}
          data={studies}
          getRowId={({ id }) => id}
          rowHref={({ id }) => `/strategies/published/${id}`}
          filterPlaceholder="Filter by state"
          initialSort={{ id: "created", desc: true }}
          emptyState={
            <EmptyState title="No study yet">
              Choose a scan above: its pairs are traded as published and honestly, side by side.
            </EmptyState>
          }
        />
        <NewestOnly count={studies.length} />
      </Panel>
    </>
  );
}

function DeleteStudy({ id }: { id: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const deleteStudy = useUndoableDelete({
    remove: (one) => client.publishedStudies.delete.mutate({ id: one }),
    restore: (one) => client.publishedStudies.restore.mutate({ id: one }),
    refresh: () => queryClient.invalidateQueries(trpc.publishedStudies.list.pathFilter()),
  });
  return (
    <Button variant="quiet" size="sm" onClick={() => void deleteStudy(id, "The study")}>
      Delete
    </Button>
  );
}
