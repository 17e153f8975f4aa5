"use client";

import { useMemo } from "react";
import type { ReportTrade } from "#contracts/report-view.ts";
import { buttonClass } from "#ui/button-class.ts";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import type { ReportSource } from "./report-source.ts";
import { numberedTrades, tradeColumns } from "./trade-columns.tsx";

type Props = {
  trades: readonly ReportTrade[];
  source: ReportSource;
  openedTrade: string | null;
  onOpen: (index: number) => void;
};

/** Every round trip; opening one shows it in the charts. */
export function TradesTable({ trades, source, openedTrade, onOpen }: Props) {
  // The table works every row out anew when its rows are another array.
  const rows = useMemo(() => numberedTrades(trades), [trades]);
  const columns = tradeColumns(trades);
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Trades"
        rowLabel="trade"
        columns={columns}
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
