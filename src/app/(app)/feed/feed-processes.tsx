import type { FeedConnection, FeedStatus, FeedStream } from "#contracts/feed.ts";
import { Market } from "#contracts/market-data.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { CONNECTION_STATES, FEED_STATES, marketSymbol, STREAM_STATES } from "./feed-words.ts";

/** What the feeds say of themselves. */
export function FeedProcesses({ feeds }: { feeds: readonly FeedStatus[] }) {
  const streams = feeds.flatMap((feed) => feed.streams);
  const connections = feeds.flatMap(({ holder, connections }) =>
    connections.map((connection) => ({ ...connection, holder })),
  );
  return (
    <div className="mb-6 flex flex-col gap-6">
      {feeds.map((feed) => (
        <FeedFigures key={feed.holder} feed={feed} />
      ))}
      <div className="grid items-start gap-6 2xl:grid-cols-2">
        <Panel flush title="Streams">
          <DataTable
            ariaLabel="Streams"
            rowLabel="stream"
            columns={STREAM_COLUMNS}
            data={streams}
            getRowId={({ instrumentId }) => String(instrumentId)}
            filterPlaceholder="Filter by symbol"
            emptyState={
              <EmptyState title="Nothing is followed yet">
                A symbol is followed as soon as somebody watches a pair of it, has an alert rule on
                it, or a universe holds it.
              </EmptyState>
            }
            csvName="feed-streams"
          />
        </Panel>
        <Panel flush title="Connections">
          <DataTable
            ariaLabel="Connections"
            rowLabel="connection"
            columns={CONNECTION_COLUMNS}
            data={connections}
            getRowId={({ holder, name }) => `${holder} ${name}`}
          />
        </Panel>
      </div>
    </div>
  );
}

function FeedFigures({ feed }: { feed: FeedStatus }) {
  const { label, tone } = FEED_STATES[feed.state];
  return (
    <div className="flex flex-col gap-3">
      {feed.state === "running" ? null : (
        <Notice tone="bad" title={label} announce>
          Trades that are not read now are fetched afterwards: the ledger has them as gaps until
          then.
        </Notice>
      )}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-lg border border-line bg-surface p-4 text-sm sm:grid-cols-4 lg:grid-cols-7">
        <Figure label="State">
          <Badge tone={tone}>{label}</Badge>
        </Figure>
        <Figure label="Stored, trades/s">{formatNumber(feed.committedPerSecond)}</Figure>
        <Figure label="Event to stored, p99, ms">{formatNumber(feed.commitLagP99Ms)}</Figure>
        <Figure label="In the queue">
          {formatInteger(feed.queuedTrades)} of {formatInteger(feed.queueMax)}
        </Figure>
        <Figure label="Clock offset, ms">
          {Market.options.map((market) => {
            const offsetMs = feed.clockOffsetsMs[market];
            return offsetMs === undefined ? null : (
              <span key={market} className="block">
                {marketName(market)} {formatNumber(offsetMs)}
              </span>
            );
          })}
        </Figure>
        <Figure label="Frames refused">{formatInteger(feed.rejectedFrames)}</Figure>
        <Figure label="REST weight">
          {feed.weights.length === 0
            ? "–"
            : feed.weights.map((weight) => (
                <span key={weight.market} className="block">
                  {marketName(weight.market)} {formatInteger(weight.used)} of{" "}
                  {formatInteger(weight.limit)}
                  {weight.bannedUntilMs === null ? null : (
                    <span className="text-bad">
                      {" "}
                      banned until <Time ms={weight.bannedUntilMs} intervalMs={1_000} />
                    </span>
                  )}
                </span>
              ))}
        </Figure>
      </dl>
    </div>
  );
}

function marketName(market: Market): string {
  return market === "usdm" ? "USD-M" : market;
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

const STREAM_COLUMNS: readonly DataColumn<FeedStream>[] = [
  {
    id: "symbol",
    header: "Symbol",
    value: marketSymbol,
    cell: (stream) => <span className="font-medium">{marketSymbol(stream)}</span>,
  },
  {
    id: "state",
    header: "State",
    value: ({ state }) => STREAM_STATES[state].label,
    cell: ({ state }) => (
      <Badge tone={STREAM_STATES[state].tone}>{STREAM_STATES[state].label}</Badge>
    ),
  },
  {
    id: "rate",
    header: "Rate",
    unit: "trades/s",
    value: ({ tradesPerSecond }) => tradesPerSecond,
    format: (value) => formatNumber(value, { significant: 3 }),
  },
  {
    id: "lag",
    header: "Lag",
    unit: "ms",
    help: "From the venue's event to its arrival, with the clocks' difference taken out.",
    value: ({ lagMs }) => lagMs,
    format: (value) => formatNumber(value, { significant: 3 }),
  },
  {
    id: "lastTradeTimeMs",
    header: "Last trade",
    value: ({ lastTradeTimeMs }) => lastTradeTimeMs,
    cell: ({ lastTradeTimeMs }) => <Time ms={lastTradeTimeMs} intervalMs={1_000} />,
    align: "right",
  },
  {
    id: "lastId",
    header: "Last id",
    value: ({ lastId }) => lastId,
    format: formatInteger,
    hiddenByDefault: true,
  },
  {
    id: "missing",
    header: "Missing",
    unit: "trades",
    value: ({ missingCount }) => missingCount,
    format: formatInteger,
  },
  {
    id: "connection",
    header: "Connection",
    value: ({ connection }) => connection,
    hiddenByDefault: true,
  },
];

const CONNECTION_COLUMNS: readonly DataColumn<FeedConnection & { readonly holder: string }>[] = [
  { id: "name", header: "Connection", value: ({ name }) => name },
  {
    id: "state",
    header: "State",
    value: ({ state }) => CONNECTION_STATES[state].label,
    cell: ({ state, lastError }) => (
      <Badge tone={CONNECTION_STATES[state].tone} title={lastError ?? undefined}>
        {CONNECTION_STATES[state].label}
      </Badge>
    ),
  },
  { id: "streams", header: "Streams", value: ({ streams }) => streams, format: formatInteger },
  {
    id: "rate",
    header: "Rate",
    unit: "frames/s",
    value: ({ framesPerSecond }) => framesPerSecond,
    format: (value) => formatNumber(value, { significant: 3 }),
  },
  {
    id: "reconnects",
    header: "Reconnects",
    value: ({ reconnects }) => reconnects,
    format: formatInteger,
  },
  {
    id: "openedAtMs",
    header: "Open since",
    value: ({ openedAtMs }) => openedAtMs,
    cell: ({ openedAtMs, retryAtMs }) =>
      openedAtMs === null && retryAtMs !== null ? (
        <>
          again at <Time ms={retryAtMs} intervalMs={1_000} />
        </>
      ) : (
        <Time ms={openedAtMs} intervalMs={1_000} />
      ),
    align: "right",
  },
];
