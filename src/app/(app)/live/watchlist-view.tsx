"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { useUrlState } from "../discover/use-url-state.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import { WATCHLIST_COLUMNS } from "./watchlist-columns.tsx";

/** Every pair that is watched, as it stands now. */
export function WatchlistView() {
  const trpc = useTRPC();
  const { data: watched } = useSuspenseQuery(trpc.watch.list.queryOptions());
  const { params, set } = useUrlState();
  const retiredCount = watched.filter(({ retiredAtMs }) => retiredAtMs !== null).length;
  const showsRetired = params.get("retired") === "1";
  const shown = showsRetired ? watched : watched.filter(({ retiredAtMs }) => retiredAtMs === null);
  return (
    <>
      <PageHeader
        title="Live"
        lead="Pairs on watch: where their spreads stand now, how far that can be trusted, and how fresh it is."
        badges={<ConnectionBadge />}
        actions={
          <>
            <ButtonLink href="/feed">Feed</ButtonLink>
            <ButtonLink href="/live/new" variant="primary">
              Watch a pair
            </ButtonLink>
          </>
        }
      />
      <Panel flush>
        <DataTable
          ariaLabel="Watched pairs"
          rowLabel="pair"
          columns={WATCHLIST_COLUMNS}
          data={shown}
          getRowId={({ id }) => id}
          rowHref={({ id }) => `/live/${id}`}
          filterPlaceholder="Filter by symbol or notes"
          csvName="watched-pairs"
          toolbar={
            retiredCount === 0 ? undefined : (
              <CheckboxField
                label={`Retired too (${retiredCount})`}
                checked={showsRetired}
                onChange={(event) => set({ retired: event.target.checked ? "1" : null })}
              />
            )
          }
          emptyState={
            <EmptyState
              title="No pair is watched"
              action={
                <ButtonLink href="/live/new" variant="primary">
                  Watch a pair
                </ButtonLink>
              }
            >
              Choose two instruments of the venue: their spread, z-score and signal follow every
              trade, and an alert can tell you when they move.
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}
