"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MarketRow } from "#contracts/feed.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatNumber, formatPercent } from "#ui/format.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { useTableView } from "../../use-table-view.ts";
import { HistoryDialog } from "./history-dialog.tsx";

/** Tickers are stored every two seconds. */
const REFETCH_MS = 2_000;

/** Everything that the venue lists, with its last day. */
export function VenueView() {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery({
    ...trpc.markets.list.queryOptions({}),
    refetchInterval: REFETCH_MS,
  });
  const tableView = useTableView({ id: "quoteVolume", desc: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isFetching, setFetching] = useState(false);
  const { venue, rows } = data;
  const chosenRows = rows.filter(({ instrumentId }) => chosen.has(String(instrumentId)));
  const [legY, legX] = chosenRows;
  return (
    <>
      <PageHeader
        title={venue === null ? "Venue" : `${venueName(venue)} exchange`}
        lead="Every instrument of the venue with its rolling 24 hours. Choose two to watch them as a pair, or any to fetch their history."
        breadcrumbs={[{ label: "Markets", href: "/markets" }]}
        badges={
          venue !== null && isSynthetic(venue) ? (
            <SyntheticBadge label={venueName(venue)} />
          ) : undefined
        }
        actions={<ButtonLink href="/feed">Feed</ButtonLink>}
      />
      <Panel flush>
        <DataTable
          ariaLabel="Instruments of the venue"
          rowLabel="instrument"
          columns={COLUMNS}
          data={rows}
          getRowId={({ instrumentId }) => String(instrumentId)}
          rowHref={({ instrumentId }) => `/markets/ticker/${instrumentId}`}
          filterPlaceholder="Filter by symbol or asset"
          csvName="venue"
          selection={{ selected: chosen, onChange: setChosen }}
          toolbar={
            chosenRows.length === 0 ? undefined : (
              <>
                {chosenRows.length === 2 && legY !== undefined && legX !== undefined ? (
                  <ButtonLink
                    size="sm"
                    variant="primary"
                    href={`/live/new?y=${legY.instrumentId}&x=${legX.instrumentId}`}
                  >
                    Watch as a pair
                  </ButtonLink>
                ) : null}
                <Button size="sm" onClick={() => setFetching(true)}>
                  Fetch history
                </Button>
              </>
            )
          }
          emptyState={
            <EmptyState
              title="No venue is connected"
              action={<ButtonLink href="/feed">See the feed</ButtonLink>}
            >
              Instruments appear here as soon as the feed has listed those of its venue.
            </EmptyState>
          }
          {...tableView}
        />
      </Panel>
      <HistoryDialog open={isFetching} onOpenChange={setFetching} instruments={chosenRows} />
    </>
  );
}

const STATUS_TONES = { trading: "good", halted: "bad", delisted: "neutral" } as const;

const COLUMNS: readonly DataColumn<MarketRow>[] = [
  {
    id: "symbol",
    header: "Symbol",
    value: ({ symbol, market }) => (market === "usdm" ? `${symbol} futures` : symbol),
    cell: ({ symbol, market }) => (
      <span className="flex items-center gap-1.5 font-medium">
        {symbol}
        {market === "usdm" ? <Badge>Futures</Badge> : null}
      </span>
    ),
  },
  { id: "base", header: "Asset", value: ({ baseAsset }) => baseAsset, hiddenByDefault: true },
  { id: "quote", header: "Priced in", value: ({ quoteAsset }) => quoteAsset },
  {
    id: "lastPrice",
    header: "Last price",
    value: ({ lastPrice }) => lastPrice,
    format: (value) => formatNumber(value, { significant: 7 }),
  },
  {
    id: "change",
    header: "24 h",
    value: ({ changeFraction }) => changeFraction,
    cell: ({ changeFraction }) =>
      changeFraction === null ? (
        "–"
      ) : (
        <span className={changeFraction < 0 ? "text-bad" : "text-good"}>
          {formatPercent(changeFraction, { signed: true })}
        </span>
      ),
    align: "right",
  },
  {
    id: "high",
    header: "High",
    value: ({ highPrice }) => highPrice,
    format: (value) => formatNumber(value, { significant: 6 }),
    hiddenByDefault: true,
  },
  {
    id: "low",
    header: "Low",
    value: ({ lowPrice }) => lowPrice,
    format: (value) => formatNumber(value, { significant: 6 }),
    hiddenByDefault: true,
  },
  {
    id: "quoteVolume",
    header: "Volume, 24 h",
    unit: "quote asset",
    value: ({ quoteVolume }) => quoteVolume,
    format: (value) => formatNumber(value),
  },
  {
    id: "status",
    header: "Status",
    value: ({ status }) => status,
    cell: ({ status }) => <Badge tone={STATUS_TONES[status]}>{status}</Badge>,
  },
  {
    id: "watched",
    header: "Watched",
    value: ({ isWatched }) => (isWatched ? "yes" : ""),
  },
  {
    id: "eventTimeMs",
    header: "As of",
    value: ({ eventTimeMs }) => eventTimeMs,
    cell: ({ eventTimeMs }) => <Time ms={eventTimeMs} intervalMs={1_000} />,
    align: "right",
    csv: csvTime(({ eventTimeMs }) => eventTimeMs),
  },
];
