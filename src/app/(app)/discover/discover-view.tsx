"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { ScanTable } from "./scan-table.tsx";
import { UniverseTable } from "./universe-table.tsx";

export function DiscoverView() {
  const trpc = useTRPC();
  const { data: universes } = useSuspenseQuery(trpc.universes.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Discover"
        lead="Choose a universe of instruments and scan it for pairs whose spread comes back."
        actions={
          universes.length === 0 ? null : (
            <>
              <ButtonLink href="/discover/suggested">Suggested pairs</ButtonLink>
              <ButtonLink href="/discover/universes/new">New universe</ButtonLink>
              <ButtonLink href="/discover/scans/new" variant="primary">
                New scan
              </ButtonLink>
            </>
          )
        }
      />
      {universes.length === 0 ? <FirstUniverse /> : null}
      <div className="flex flex-col gap-6">
        {universes.length === 0 ? null : <ScanTable />}
        {universes.length === 0 ? null : <UniverseTable universes={universes} />}
      </div>
    </>
  );
}

function FirstUniverse() {
  return (
    <Panel>
      <EmptyState
        title="No universe yet"
        action={
          <ButtonLink href="/discover/universes/new" variant="primary">
            New universe
          </ButtonLink>
        }
      >
        A universe is a named list of instruments at one bar interval. A scan tests every pair in
        it.
      </EmptyState>
    </Panel>
  );
}
