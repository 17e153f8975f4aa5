"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { StrategyView } from "#contracts/strategy.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { StrategyRowActions } from "./strategy-row-actions.tsx";

const COLUMNS: readonly DataColumn<StrategyView>[] = [
  {
    id: "name",
    header: "Name",
    value: (strategy) => strategy.name,
    cell: (strategy) => (
      <span className="inline-flex items-center gap-2 font-medium">
        {strategy.name}
        {strategy.synthetic ? <SyntheticBadge /> : null}
      </span>
    ),
  },
  {
    id: "pair",
    header: "Pair",
    unit: "Y / X",
    value: ({ versions: [newest] }) =>
      newest === undefined ? null : `${newest.legY.symbol} / ${newest.legX.symbol}`,
  },
  {
    id: "entry",
    header: "Entry",
    unit: "σ",
    value: ({ versions: [newest] }) => newest?.config.entryZScore ?? null,
    align: "right",
  },
  {
    id: "window",
    header: "Z-score window",
    unit: "bars",
    value: ({ versions: [newest] }) => newest?.config.zScoreWindowBars ?? null,
    format: formatInteger,
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
    id: "changed",
    header: "Changed",
    value: (strategy) => strategy.versions[0]?.createdAtMs ?? strategy.createdAtMs,
    cell: (strategy) => <Time ms={strategy.versions[0]?.createdAtMs ?? strategy.createdAtMs} />,
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

export function StrategiesView() {
  const trpc = useTRPC();
  const { data: strategies } = useSuspenseQuery(trpc.strategies.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Strategies"
        lead="Rules for trading a pair. Every change is a new version; versions never change."
        actions={
          <ButtonLink href="/strategies/new" variant="primary">
            New strategy
          </ButtonLink>
        }
      />
      <Panel flush>
        <DataTable
          ariaLabel="Strategies"
          rowLabel="strategy"
          rowsLabel="strategies"
          columns={COLUMNS}
          data={strategies}
          getRowId={({ id }) => id}
          rowHref={({ id }) => `/strategies/${id}`}
          filterPlaceholder="Filter by name or symbol"
          initialSort={{ id: "changed", desc: true }}
          emptyState={
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
              A strategy says when a pair is bought and sold. The best start is the page of a pair
              that a scan has found.
            </EmptyState>
          }
        />
        <NewestOnly count={strategies.length} />
      </Panel>
    </>
  );
}
