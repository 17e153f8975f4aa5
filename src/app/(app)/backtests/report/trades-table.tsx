"use client";

import { memo, useMemo } from "react";
import type { ReportResult } from "#contracts/report-view.ts";
import { buttonClass } from "#ui/button-class.ts";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { tradesExportPath } from "./report-exports.ts";
import type { ReportSource } from "./report-source.ts";
import { numberedTrades, tradeColumns } from "./trade-columns.tsx";
import { TradeLegs, tradeLegsHeight } from "./trade-legs.tsx";

type Props = {
  report: ReportResult;
  source: ReportSource;
  openedTrade: string | null;
  onOpen: (index: number) => void;
};

/** A hundred trades have 1,500 cells, which take longer to come to life than all else on the page. */
const VIRTUAL_FROM = 40;

/**
 * Every round trip; opening one shows its legs, and itself in the charts. Memoised because every zoom renders
 * the page, and the table is most of it.
 */
export const TradesTable = memo(({ report, source, openedTrade, onOpen }: Props) => {
  // The table works everything out anew when its rows or columns are another array.
  const rows = useMemo(() => numberedTrades(report), [report]);
  const columns = useMemo(() => tradeColumns(report), [report]);
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
        rowDetail={{
          height: tradeLegsHeight,
          render: (trade) => (
            <TradeLegs trade={trade} instruments={report.instruments} source={source} />
          ),
        }}
        filterPlaceholder="Filter by side, reason or symbol"
        virtualFrom={VIRTUAL_FROM}
        initialSort={{ id: "number", desc: false }}
        toolbar={
          <a href={tradesExportPath(source)} download className={buttonClass({ size: "sm" })}>
            CSV
          </a>
        }
        emptyState={
          <EmptyState title="No trade">
            The strategy never asked for a position within the trading period, or what it asked for
            was refused. The charts show how near it came.
          </EmptyState>
        }
      />
    </Panel>
  );
});
