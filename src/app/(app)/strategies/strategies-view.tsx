"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import type { StrategyView } from "#contracts/strategy.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { useUrlState } from "../discover/use-url-state.ts";
import { NewestOnly } from "../newest-only.tsx";
import { booksInWords } from "./books-in-words.ts";
import { ImportButton } from "./import-button.tsx";
import { filterStrategies, StrategyFilters } from "./strategy-filters.tsx";
import { STRATEGY_KIND_LABELS } from "./strategy-kind-labels.ts";
import { StrategyRowActions } from "./strategy-row-actions.tsx";

const changedMs = (strategy: StrategyView) =>
  strategy.versions[0]?.createdAtMs ?? strategy.createdAtMs;

const COLUMNS: readonly DataColumn<StrategyView>[] = [
  {
    id: "name",
    header: "Name",
    value: (strategy) => strategy.name,
    cell: (strategy) => (
      <span className="inline-flex items-center gap-2 font-medium">
        {strategy.name}
        {strategy.synthetic ? <SyntheticBadge /> : null}
        {strategy.archived ? <Badge>Archived</Badge> : null}
      </span>
    ),
  },
  {
    id: "kind",
    header: "Kind",
    value: ({ versions: [newest] }) =>
      newest === undefined ? null : STRATEGY_KIND_LABELS[newest.config.kind],
  },
  {
    id: "instruments",
    header: "Instruments",
    value: ({ versions: [newest] }) => (newest === undefined ? null : booksInWords(newest.books)),
  },
  {
    id: "tags",
    header: "Tags",
    value: ({ tags }) => tags.join(", "),
    cell: ({ tags }) => (
      <span className="inline-flex flex-wrap gap-1">
        {tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
      </span>
    ),
  },
  {
    id: "versions",
    header: "Versions",
    value: ({ versions }) => versions.length,
    format: formatInteger,
  },
  {
    id: "backtests",
    header: "Backtests",
    value: ({ versions }) => versions.reduce((sum, version) => sum + version.backtestCount, 0),
    format: formatInteger,
  },
  {
    id: "notes",
    header: "Notes",
    value: ({ notes }) => notes,
    hiddenByDefault: true,
  },
  {
    id: "changed",
    header: "Changed",
    value: changedMs,
    cell: (strategy) => <Time ms={changedMs(strategy)} />,
    csv: csvTime(changedMs),
    align: "right",
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (strategy) => <StrategyRowActions strategy={strategy} />,
  },
];

/** All strategies; `gallery` is what a newcomer sees below an empty list. */
export function StrategiesView({ gallery }: { gallery: ReactNode }) {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const { data: strategies } = useSuspenseQuery(trpc.strategies.list.queryOptions());
  const kind = params.get("kind");
  const tag = params.get("tag");
  const archived = params.get("archived") === "1";
  // Memoised because the table works everything out anew when its rows are a new array.
  const shown = useMemo(
    () => filterStrategies(strategies, { kind, tag, archived }),
    [strategies, kind, tag, archived],
  );
  return (
    <>
      <PageHeader
        title="Strategies"
        lead="Rules for trading pairs, or many instruments. Every change is a new version; versions never change."
        actions={
          <>
            <ImportButton />
            <ButtonLink href="/strategies/published">Published strategies</ButtonLink>
            <ButtonLink href="/strategies/new" variant="primary">
              New strategy
            </ButtonLink>
          </>
        }
      />
      {strategies.length === 0 ? (
        <div className="flex flex-col gap-8">
          <Panel flush>
            <NoStrategy />
          </Panel>
          {gallery}
        </div>
      ) : (
        <Panel flush>
          <StrategyFilters
            strategies={strategies}
            filter={{ kind, tag, archived }}
            onChange={set}
          />
          <DataTable
            ariaLabel="Strategies"
            rowLabel="strategy"
            rowsLabel="strategies"
            columns={COLUMNS}
            data={shown}
            getRowId={({ id }) => id}
            rowHref={({ id }) => `/strategies/${id}`}
            filterPlaceholder="Search strategies"
            initialSort={{ id: "changed", desc: true }}
            csvName="strategies"
            emptyState={
              <EmptyState title="No strategy is like that">
                Choose another kind or tag, or look into the archive.
              </EmptyState>
            }
          />
          <NewestOnly count={strategies.length} />
        </Panel>
      )}
    </>
  );
}

function NoStrategy() {
  return (
    <EmptyState
      title="No strategy yet"
      action={
        <>
          <ButtonLink href="/discover">Find a pair first</ButtonLink>
          <ButtonLink href="/strategies/new" variant="primary">
            New strategy
          </ButtonLink>
        </>
      }
    >
      A strategy says when something is bought and sold. The best start is the page of a pair that a
      scan has found; or choose a kind below.
    </EmptyState>
  );
}
