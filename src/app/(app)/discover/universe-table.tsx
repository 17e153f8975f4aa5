"use client";

import { useQueryClient } from "@tanstack/react-query";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { UniverseView } from "#contracts/universe.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { pairCount } from "./data-span.ts";
import { useUndoableDelete } from "./use-undoable-delete.ts";

const COLUMNS: readonly DataColumn<UniverseView>[] = [
  {
    id: "name",
    header: "Name",
    value: (universe) => universe.name,
    cell: (universe) => (
      <span className="inline-flex items-center gap-2">
        {universe.name}
        {universe.synthetic ? <SyntheticBadge /> : null}
      </span>
    ),
  },
  { id: "interval", header: "Interval", value: ({ intervalMs }) => intervalLabel(intervalMs) },
  {
    id: "instruments",
    header: "Instruments",
    value: ({ instruments }) => instruments.length,
    format: formatInteger,
  },
  {
    id: "pairs",
    header: "Pairs",
    value: ({ instruments }) => pairCount(instruments.length),
    format: formatInteger,
  },
  { id: "scans", header: "Scans", value: ({ scanCount }) => scanCount, format: formatInteger },
  {
    id: "updated",
    header: "Changed",
    value: ({ updatedAtMs }) => updatedAtMs,
    cell: ({ updatedAtMs }) => <Time ms={updatedAtMs} />,
    align: "right",
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (universe) => <UniverseActions universe={universe} />,
  },
];

export function UniverseTable({ universes }: { universes: readonly UniverseView[] }) {
  return (
    <Panel title="Universes" flush>
      <DataTable
        ariaLabel="Universes"
        rowLabel="universe"
        columns={COLUMNS}
        data={universes}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/discover/universes/${id}`}
        initialSort={{ id: "updated", desc: true }}
      />
      <NewestOnly count={universes.length} />
    </Panel>
  );
}

function UniverseActions({ universe: { id, name } }: { universe: UniverseView }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const deleteUniverse = useUndoableDelete({
    remove: () => client.universes.delete.mutate({ id }),
    restore: () => client.universes.restore.mutate({ id }),
    refresh: () => queryClient.invalidateQueries(trpc.universes.pathFilter()),
  });
  return (
    <span className="inline-flex gap-1">
      <ButtonLink size="sm" href={`/discover/scans/new?universe=${id}`} aria-label={`Scan ${name}`}>
        Scan
      </ButtonLink>
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Delete ${name}`}
        onClick={() => void deleteUniverse(id, `“${name}”`)}
      >
        Delete
      </Button>
    </span>
  );
}
