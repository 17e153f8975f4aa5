"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { BacktestListItem } from "#contracts/backtest.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatAligned, formatInteger, formatPercent } from "#ui/format.ts";
import { JobStateBadge } from "#ui/job-state-badge.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { isJobActive } from "../../job-links.ts";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";
import { NewestOnly } from "../newest-only.tsx";

const POLL_MS = 1_000;

const COLUMNS: readonly DataColumn<BacktestListItem>[] = [
  {
    id: "strategy",
    header: "Strategy",
    value: (item) => `${item.strategyName} v${item.version}`,
    cell: (item) => (
      <span className="inline-flex items-center gap-2 font-medium">
        {item.strategyName} v{item.version}
        {item.synthetic ? <SyntheticBadge /> : null}
      </span>
    ),
  },
  {
    id: "pair",
    header: "Pair",
    unit: "Y / X",
    value: (item) => `${item.symbolY} / ${item.symbolX}`,
  },
  {
    id: "netReturn",
    header: "Net return",
    value: (item) => item.netReturn,
    cell: (item) => <ProfitLoss value={item.netReturn} as="percent" />,
    csv: { unit: "fraction" },
    align: "right",
  },
  {
    id: "sharpeRatio",
    header: "Sharpe ratio",
    unit: "annualised",
    value: (item) => item.sharpeRatio,
    format: (value) => formatAligned(value, { significant: 3 }),
  },
  {
    id: "drawdownMax",
    header: "Drawdown",
    unit: "maximum",
    value: (item) => item.drawdownMax,
    csv: { unit: "maximum, fraction" },
    format: (value) => formatPercent(value),
  },
  {
    id: "tradeCount",
    header: "Trades",
    value: (item) => item.tradeCount,
    format: formatInteger,
  },
  {
    id: "state",
    header: "State",
    value: (item) => item.job?.state ?? "succeeded",
    cell: (item) => <JobStateBadge job={item.job ?? { state: "succeeded" }} />,
  },
  {
    id: "created",
    header: "Started",
    value: (item) => item.createdAtMs,
    cell: (item) => <Time ms={item.createdAtMs} />,
    csv: csvTime((item) => item.createdAtMs),
    align: "right",
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (item) => <DeleteBacktest item={item} />,
  },
];

/** Backtests of a strategy or of the workspace; asked for again while one is under way. */
export function BacktestTable({ strategyId }: { strategyId?: string }) {
  const trpc = useTRPC();
  const { data: items } = useSuspenseQuery({
    ...trpc.backtests.list.queryOptions(strategyId === undefined ? {} : { strategyId }),
    refetchInterval: (query) => (query.state.data?.some(isBusy) === true ? POLL_MS : false),
  });
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Backtests"
        rowLabel="backtest"
        columns={COLUMNS}
        data={items}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/backtests/${id}`}
        filterPlaceholder="Filter by strategy or symbol"
        initialSort={{ id: "created", desc: true }}
        csvName="backtests"
        emptyState={
          <EmptyState
            title="No backtest yet"
            action={
              strategyId === undefined ? (
                <ButtonLink href="/strategies" variant="primary">
                  Choose a strategy
                </ButtonLink>
              ) : null
            }
          >
            A backtest trades a version of a strategy on the data and reports what it would have
            done, after fees and slippage.
          </EmptyState>
        }
      />
      <NewestOnly count={items.length} />
    </Panel>
  );
}

function DeleteBacktest({ item: { id, strategyName, version } }: { item: BacktestListItem }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const deleteBacktest = useUndoableDelete({
    remove: () => client.backtests.delete.mutate({ id }),
    restore: () => client.backtests.restore.mutate({ id }),
    refresh: () => queryClient.invalidateQueries(trpc.backtests.list.pathFilter()),
  });
  const name = `The backtest of ${strategyName} v${version}`;
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-label={`Delete ${name}`}
      onClick={() => void deleteBacktest(id, name)}
    >
      Delete
    </Button>
  );
}

function isBusy(item: BacktestListItem): boolean {
  return item.job !== null && isJobActive(item.job);
}
