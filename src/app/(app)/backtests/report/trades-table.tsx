"use client";

import { useMemo } from "react";
import type { TradeRow } from "#contracts/backtest.ts";
import { buttonClass } from "#ui/button-class.ts";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import type { ReportSource } from "./report-source.ts";
import { numberedTrades, TRADE_COLUMNS } from "./trade-columns.tsx";

type Props = {
  trades: readonly TradeRow[];
  source: ReportSource;
  openedTrade: string | null;
  onOpen: (index: number) => void;
};

/** Every round trip; opening one shows it in the charts. */
export function TradesTable({ trades, source, openedTrade, onOpen }: Props) {
  // The table works every row out anew when its rows are another array.
  const rows = useMemo(() => numberedTrades(trades), [trades]);
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Trades"
        rowLabel="trade"
        columns={TRADE_COLUMNS}
        data={rows}
        getRowId={({ number }) => String(number)}
        onRowOpen={({ number }) => onOpen(number - 1)}
        highlightedRowId={openedTrade}
        filterPlaceholder="Filter by side or reason"
        initialSort={{ id: "number", desc: false }}
        csvName={source.kind === "link" ? "trades" : undefined}
        toolbar={
          source.kind === "own" ? (
            <a
              href={`/api/export/trades/${source.id}`}
              download
              className={buttonClass({ size: "sm" })}
            >
              CSV
            </a>
          ) : null
        }
        emptyState={
          <EmptyState title="No trade">
            The z-score never reached the entry within the trading period, so nothing was bought or
            sold.
          </EmptyState>
        }
      />
    </Panel>
  );
}
