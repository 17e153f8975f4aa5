"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { OptimisationListItem } from "#contracts/optimisation.ts";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { isJobActive } from "../../job-links.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { useTableView } from "../use-table-view.ts";
import { OPTIMISATION_COLUMNS } from "./optimisation-columns.tsx";

const POLL_MS = 1_000;

/** Optimisations of the workspace; asked for again while one is under way. */
export function OptimisationTable() {
  const trpc = useTRPC();
  const { data: items } = useSuspenseQuery({
    ...trpc.optimisations.list.queryOptions({}),
    refetchInterval: (query) => (query.state.data?.some(isBusy) === true ? POLL_MS : false),
  });
  const { state, onStateChange } = useTableView({ id: "created", desc: true });
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Optimisations"
        rowLabel="optimisation"
        columns={OPTIMISATION_COLUMNS}
        data={items}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/optimisations/${id}`}
        filterPlaceholder="Strategy or symbol"
        csvName="optimisations"
        state={state}
        onStateChange={onStateChange}
        emptyState={
          <EmptyState
            title="No optimisation yet"
            action={
              <ButtonLink href="/optimisations/new" variant="primary">
                Start an optimisation
              </ButtonLink>
            }
          >
            An optimisation tries many settings of one strategy on the same data. It says which did
            best, whether their neighbours did too, and how much of it luck explains.
          </EmptyState>
        }
      />
      <NewestOnly count={items.length} />
    </Panel>
  );
}

function isBusy({ job }: OptimisationListItem): boolean {
  return job !== null && isJobActive(job);
}
