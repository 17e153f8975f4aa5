"use client";

import { useQuery } from "@tanstack/react-query";
import type { FeedEvent } from "#contracts/feed.ts";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { Listed } from "./listed.tsx";

const COLUMNS: readonly DataColumn<FeedEvent>[] = [
  {
    id: "happenedAtMs",
    header: "When",
    value: ({ happenedAtMs }) => happenedAtMs,
    cell: ({ happenedAtMs }) => <Time ms={happenedAtMs} intervalMs={1_000} />,
    csv: csvTime(({ happenedAtMs }) => happenedAtMs),
  },
  { id: "kind", header: "Kind", value: ({ kind }) => kind.replaceAll("-", " ") },
  { id: "symbol", header: "Symbol", value: ({ symbol }) => symbol ?? "" },
  { id: "message", header: "What happened", value: ({ message }) => message },
];

/** Connections lost and renewed, frames refused, bans, halts: the newest thousand. */
export function FeedEvents() {
  const trpc = useTRPC();
  const events = useQuery(trpc.feed.events.queryOptions({}));
  return (
    <Panel flush>
      <Listed query={events}>
        {(rows) => (
          <DataTable
            ariaLabel="Events of the feed"
            rowLabel="event"
            columns={COLUMNS}
            data={rows}
            getRowId={({ id }) => String(id)}
            filterPlaceholder="Filter by kind, symbol or words"
            csvName="feed-events"
            emptyState={
              <EmptyState title="Nothing happened">
                Connections, bans, refused frames and halts are told here.
              </EmptyState>
            }
          />
        )}
      </Listed>
    </Panel>
  );
}
