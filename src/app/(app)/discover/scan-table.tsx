"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { ScanView } from "#contracts/scan.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatSpanUtc } from "#ui/format.ts";
import { JobStateBadge } from "#ui/job-state-badge.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { isJobActive } from "../../job-links.ts";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { useUndoableDelete } from "./use-undoable-delete.ts";

const POLL_MS = 1_000;

const COLUMNS: readonly DataColumn<ScanView>[] = [
  {
    id: "universe",
    header: "Universe",
    value: (scan) => scan.universeName,
    cell: (scan) => (
      <span className="inline-flex items-center gap-2">
        {scan.universeName}
        {scan.synthetic ? <SyntheticBadge /> : null}
      </span>
    ),
  },
  { id: "interval", header: "Interval", value: (scan) => intervalLabel(scan.intervalMs) },
  {
    id: "formation",
    header: "Formation window",
    unit: "UTC",
    value: (scan) => windowText(scan),
  },
  {
    id: "tested",
    header: "Pairs tested",
    value: (scan) => scan.summary?.testedCount ?? null,
    format: formatInteger,
  },
  {
    id: "rejected",
    header: "Below significance",
    value: (scan) => scan.summary?.rejectedCount ?? null,
    format: formatInteger,
  },
  {
    id: "discovered",
    header: "Discovered",
    help: "Pairs that survive the correction for many tests",
    value: (scan) => scan.summary?.discoveredCount ?? null,
    format: formatInteger,
  },
  {
    id: "state",
    header: "State",
    value: (scan) => scan.job?.state ?? "succeeded",
    cell: (scan) => <JobStateBadge job={scan.job ?? { state: "succeeded" }} />,
  },
  {
    id: "created",
    header: "Started",
    value: (scan) => scan.createdAtMs,
    cell: (scan) => <Time ms={scan.createdAtMs} />,
    align: "right",
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (scan) => <DeleteScan scan={scan} />,
  },
];

/** Scans of the workspace; asked for again while one is under way. */
export function ScanTable() {
  const trpc = useTRPC();
  const { data: scans } = useSuspenseQuery({
    ...trpc.scans.list.queryOptions(),
    refetchInterval: (query) => (query.state.data?.some(isBusy) === true ? POLL_MS : false),
  });
  return (
    <Panel title="Scans" flush>
      <DataTable
        ariaLabel="Scans"
        rowLabel="scan"
        columns={COLUMNS}
        data={scans}
        getRowId={(scan) => scan.id}
        rowHref={(scan) => `/discover/scans/${scan.id}`}
        initialSort={{ id: "created", desc: true }}
        emptyState={
          <EmptyState
            title="No scan yet"
            action={
              <ButtonLink href="/discover/scans/new" variant="primary">
                New scan
              </ButtonLink>
            }
          >
            A scan tests every pair of a universe for cointegration and says how many finds chance
            alone would give.
          </EmptyState>
        }
      />
      <NewestOnly count={scans.length} />
    </Panel>
  );
}

function DeleteScan({ scan }: { scan: ScanView }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const deleteScan = useUndoableDelete({
    remove: (id) => client.scans.delete.mutate({ id }),
    restore: (id) => client.scans.restore.mutate({ id }),
    refresh: () => queryClient.invalidateQueries(trpc.scans.pathFilter()),
  });
  const name = `The scan of ${scan.universeName}`;
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-label={`Delete ${name}`}
      onClick={() => void deleteScan(scan.id, name)}
    >
      Delete
    </Button>
  );
}

function isBusy(scan: ScanView): boolean {
  return scan.job !== null && isJobActive(scan.job);
}

function windowText(scan: ScanView): string {
  return formatSpanUtc(scan.config.formation);
}
