"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { BacktestListItem } from "#contracts/backtest.ts";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { isJobActive } from "../../job-links.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { BACKTEST_COLUMNS } from "./backtest-columns.tsx";
import { BacktestFilterBar, useBacktestFilters } from "./backtest-filter-bar.tsx";
import { filterBacktests } from "./backtest-filters.ts";
import { SelectedBacktests } from "./selected-backtests.tsx";

const POLL_MS = 1_000;
const NOTHING: ReadonlySet<string> = new Set();

/** Backtests of a strategy or of the workspace; asked for again while one is under way. */
export function BacktestTable({ strategyId }: { strategyId?: string }) {
  const trpc = useTRPC();
  const { data: items } = useSuspenseQuery({
    ...trpc.backtests.list.queryOptions(strategyId === undefined ? {} : { strategyId }),
    refetchInterval: (query) => (query.state.data?.some(isBusy) === true ? POLL_MS : false),
  });
  const filters = useBacktestFilters();
  const { kind, plan, tag, state, since } = filters;
  // Memoised because the table works everything out anew when its rows are another array.
  const shown = useMemo(
    () => filterBacktests(items, { kind, plan, tag, state, since }),
    [items, kind, plan, tag, state, since],
  );
  const [selected, setSelected] = useState(NOTHING);
  const chosen = shown.filter(({ id }) => selected.has(id));
  return (
    <Panel flush>
      {chosen.length === 0 ? null : (
        <SelectedBacktests items={chosen} onDone={() => setSelected(NOTHING)} />
      )}
      {items.length > 0 && shown.length === 0 ? (
        <div className="flex flex-wrap items-center gap-2 px-3 py-2">
          <BacktestFilterBar items={items} filters={filters} />
        </div>
      ) : null}
      <DataTable
        ariaLabel="Backtests"
        rowLabel="backtest"
        columns={BACKTEST_COLUMNS}
        data={shown}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/backtests/${id}`}
        filterPlaceholder="Strategy, symbol or tag"
        initialSort={{ id: "created", desc: true }}
        csvName="backtests"
        selection={{ selected, onChange: setSelected }}
        toolbar={<BacktestFilterBar items={items} filters={filters} />}
        emptyState={
          items.length > 0 ? (
            <EmptyState title="No backtest is like that">
              Choose other filters, or clear them, to see the {items.length} there are.
            </EmptyState>
          ) : (
            <EmptyState
              title="No backtest yet"
              action={
                strategyId === undefined ? (
                  <ButtonLink href="/backtests/new" variant="primary">
                    Start a backtest
                  </ButtonLink>
                ) : null
              }
            >
              A backtest trades a version of a strategy on the data and reports what it would have
              done, after all costs.
            </EmptyState>
          )
        }
      />
      <NewestOnly count={items.length} />
    </Panel>
  );
}

function isBusy(item: BacktestListItem): boolean {
  return item.job !== null && isJobActive(item.job);
}
