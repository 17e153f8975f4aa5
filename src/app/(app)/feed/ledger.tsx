"use client";

import { useQuery } from "@tanstack/react-query";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { BarDifferenceView, FeedGap, TradeDayProof } from "#contracts/feed.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatDateUtc, formatDuration, formatInteger, formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { AskAgain } from "./ask-again.tsx";
import { GAP_CAUSES, GAP_STATES, idRange, marketSymbol, proofInWords } from "./feed-words.ts";
import { Listed } from "./listed.tsx";

/** The ledger changes while somebody looks. */
const REFETCH_MS = 5_000;

const PROOF_COLUMNS: readonly DataColumn<TradeDayProof>[] = [
  {
    id: "day",
    header: "Day",
    unit: "UTC",
    value: ({ dayMs }) => dayMs,
    cell: ({ dayMs }) => formatDateUtc(dayMs),
    csv: csvTime(({ dayMs }) => dayMs),
  },
  {
    id: "symbol",
    header: "Symbol",
    value: marketSymbol,
    cell: (proof) => <span className="font-medium">{marketSymbol(proof)}</span>,
  },
  {
    id: "proof",
    header: "Proof",
    help: "Aggregated trades are numbered without a break. As many rows as numbers, joined to the days before and after, and no open gap: none is missing. The first day counts from the first trade that was recorded.",
    value: proofInWords,
    cell: (proof) => (
      <span className="flex flex-wrap items-center gap-2 tabular-nums">
        <Badge tone={proof.isComplete ? "good" : "bad"}>
          {proof.isComplete ? "Complete" : "Incomplete"}
        </Badge>
        {idRange(proof)}
      </span>
    ),
  },
  { id: "trades", header: "Trades", value: ({ tradeCount }) => tradeCount, format: formatInteger },
  {
    id: "backfilled",
    header: "Fetched later",
    unit: "trades",
    help: "Trades that came over REST, after a gap or before the stream began.",
    value: ({ backfilledCount }) => backfilledCount,
    format: formatInteger,
  },
  {
    id: "missing",
    header: "Missing",
    unit: "trades",
    help: "Numbers without a trade. Those missing over midnight may be of either day and count in both.",
    value: ({ missingCount }) => missingCount,
    format: formatInteger,
  },
];

export function Proofs() {
  const trpc = useTRPC();
  const proofs = useQuery({
    ...trpc.feed.proofs.queryOptions({}),
    refetchInterval: REFETCH_MS,
  });
  return (
    <Panel flush>
      <Listed query={proofs}>
        {(rows) => (
          <DataTable
            ariaLabel="Proof by symbol and day"
            rowLabel="day"
            columns={PROOF_COLUMNS}
            data={rows}
            getRowId={({ instrumentId, dayMs }) => `${instrumentId}-${dayMs}`}
            filterPlaceholder="Filter by symbol"
            csvName="trade-ledger"
            emptyState={
              <EmptyState title="No trade yet">
                A symbol is recorded while a pair, a universe or an alert rule needs it.
              </EmptyState>
            }
          />
        )}
      </Listed>
    </Panel>
  );
}

const GAP_COLUMNS: readonly DataColumn<FeedGap>[] = [
  {
    id: "detectedAtMs",
    header: "Found",
    value: ({ detectedAtMs }) => detectedAtMs,
    cell: ({ detectedAtMs }) => <Time ms={detectedAtMs} intervalMs={1_000} />,
    csv: csvTime(({ detectedAtMs }) => detectedAtMs),
  },
  { id: "symbol", header: "Symbol", value: marketSymbol },
  {
    id: "ids",
    header: "Ids",
    value: ({ fromId, toId }) => `${formatInteger(fromId)} … ${formatInteger(toId)}`,
  },
  {
    id: "count",
    header: "Trades",
    value: ({ fromId, toId }) => toId - fromId + 1,
    format: formatInteger,
  },
  { id: "cause", header: "Cause", value: ({ cause }) => GAP_CAUSES[cause] },
  {
    id: "state",
    header: "State",
    value: ({ state }) => GAP_STATES[state].label,
    cell: ({ state, lastError }) => (
      <Badge tone={GAP_STATES[state].tone} title={lastError ?? undefined}>
        {GAP_STATES[state].label}
      </Badge>
    ),
  },
  {
    id: "closedIn",
    header: "Closed in",
    unit: "ms",
    value: ({ detectedAtMs, filledAtMs }) =>
      filledAtMs === null ? null : filledAtMs - detectedAtMs,
    cell: ({ detectedAtMs, filledAtMs }) =>
      formatDuration(filledAtMs === null ? null : filledAtMs - detectedAtMs),
    align: "right",
  },
  { id: "source", header: "Filled from", value: ({ source }) => source ?? "" },
];

const ACTIONS: DataColumn<FeedGap> = {
  id: "actions",
  header: "Actions",
  value: () => null,
  sortable: false,
  align: "right",
  cell: (gap) => (gap.state === "unfillable" ? <AskAgain gap={gap} /> : null),
};

const COLUMNS_OF_OWNER: readonly DataColumn<FeedGap>[] = [...GAP_COLUMNS, ACTIONS];

export function Gaps({ mayAskAgain }: { mayAskAgain: boolean }) {
  const trpc = useTRPC();
  const gaps = useQuery({ ...trpc.feed.gaps.queryOptions({}), refetchInterval: REFETCH_MS });
  return (
    <Panel flush>
      <Listed query={gaps}>
        {(rows) => (
          <DataTable
            ariaLabel="Gaps"
            rowLabel="gap"
            columns={mayAskAgain ? COLUMNS_OF_OWNER : GAP_COLUMNS}
            data={rows}
            getRowId={({ id }) => String(id)}
            filterPlaceholder="Filter by symbol or cause"
            csvName="feed-gaps"
            emptyState={
              <EmptyState title="No gap was ever found">
                Whenever ids do not follow each other, the run that is missing stands here with its
                cause, and with how it was filled.
              </EmptyState>
            }
          />
        )}
      </Listed>
    </Panel>
  );
}

const DIFFERENCE_COLUMNS: readonly DataColumn<BarDifferenceView>[] = [
  {
    id: "openTimeMs",
    header: "Bar",
    value: ({ openTimeMs }) => openTimeMs,
    cell: ({ openTimeMs, intervalMs }) => <Time ms={openTimeMs} intervalMs={intervalMs} />,
    csv: csvTime(({ openTimeMs }) => openTimeMs),
  },
  { id: "symbol", header: "Symbol", value: ({ symbol }) => symbol },
  { id: "interval", header: "Interval", value: ({ intervalMs }) => intervalLabel(intervalMs) },
  { id: "ours", header: "Ours", value: ({ ours }) => figures(ours) },
  { id: "theirs", header: "The venue's", value: ({ theirs }) => figures(theirs) },
];

function figures(side: Readonly<Record<string, number | null>>): string {
  return Object.entries(side)
    .map(([name, value]) => `${name} ${formatNumber(value, { significant: 8 })}`)
    .join(", ");
}

export function BarDifferences() {
  const trpc = useTRPC();
  const differences = useQuery(trpc.feed.differences.queryOptions());
  return (
    <Panel
      flush
      title="Bars that differ"
      lead="Bars made from trades are held against the venue's own klines. A difference is shown, not mended."
    >
      <Listed query={differences}>
        {(rows) => (
          <DataTable
            ariaLabel="Bars that differ from the venue's klines"
            rowLabel="bar"
            columns={DIFFERENCE_COLUMNS}
            data={rows}
            getRowId={({ seriesId, openTimeMs }) => `${seriesId}-${openTimeMs}`}
            csvName="bar-differences"
            emptyState={
              <EmptyState title="No bar differs">
                Every bar that was checked equals the venue's kline.
              </EmptyState>
            }
          />
        )}
      </Listed>
    </Panel>
  );
}
