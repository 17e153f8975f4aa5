"use client";

import { keepPreviousData, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { TickerChart } from "#contracts/ticker.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Badge } from "#ui/badge.tsx";
import { tickerPanes } from "#ui/charts/ticker-panes.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger, formatNumber, formatPercent } from "#ui/format.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { errorWords } from "../../../../error-words.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { useUrlState } from "../../../discover/use-url-state.ts";
import { PROVENANCE_WORDS } from "../../../live/[id]/provenance-words.ts";
import {
  INDICATOR_NAMES,
  INDICATORS,
  indicatorsOfSearch,
  searchOfIndicators,
} from "./ticker-indicators.ts";

const REFETCH_MS = 2_000;
const MINUTE_MS = 60_000;
/** With fewer bars the longest indicator has not one value. */
const BARS_FEW = 50;

/** One instrument of the venue: its last price, its candles and indicators. */
export function TickerView({ instrumentId }: { instrumentId: number }) {
  const trpc = useTRPC();
  const { data: market } = useSuspenseQuery({
    ...trpc.markets.get.queryOptions({ instrumentId }),
    refetchInterval: REFETCH_MS,
  });
  const { symbol, venue, quoteAsset, changeFraction } = market;
  return (
    <>
      <PageHeader
        title={symbol}
        lead={`${formatNumber(market.lastPrice, { significant: 8 })} ${quoteAsset}, ${formatPercent(changeFraction, { signed: true })} in 24 hours; ${formatNumber(market.lowPrice, { significant: 6 })} to ${formatNumber(market.highPrice, { significant: 6 })}; volume ${formatNumber(market.quoteVolume)} ${quoteAsset}.`}
        breadcrumbs={[
          { label: "Markets", href: "/markets" },
          { label: venueName(venue), href: "/markets/venue" },
        ]}
        badges={
          <>
            {isSynthetic(venue) ? <SyntheticBadge label={venueName(venue)} /> : null}
            {market.market === "usdm" ? <Badge>Futures</Badge> : null}
            {market.status === "trading" ? null : <Badge tone="bad">{market.status}</Badge>}
          </>
        }
        actions={
          <>
            <ButtonLink
              href={`/alerts/new?instrumentId=${instrumentId}&metric=price&threshold=${market.lastPrice ?? ""}`}
            >
              Alert me
            </ButtonLink>
            <ButtonLink href={`/live/new?y=${instrumentId}`} variant="primary">
              Watch in a pair
            </ButtonLink>
          </>
        }
      />
      <Candles instrumentId={instrumentId} symbol={symbol} />
    </>
  );
}

function Candles({ instrumentId, symbol }: { instrumentId: number; symbol: string }) {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const intervalMs = Number(params.get("interval") ?? MINUTE_MS);
  const names = indicatorsOfSearch(params.get("indicators"));
  const { data, error, refetch } = useQuery({
    ...trpc.markets.candles.queryOptions({
      instrumentId,
      intervalMs,
      indicators: names.map((name) => INDICATORS[name].indicator),
    }),
    placeholderData: keepPreviousData,
    refetchInterval: REFETCH_MS,
  });
  const intervals = data?.intervalsMs ?? [intervalMs];
  return (
    <Panel flush title="Candles" lead="A break is a gap: no trade, or bars that are not here.">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <SelectField
          label="Bars"
          className="w-28"
          value={String(intervalMs)}
          onChange={(event) => set({ interval: event.target.value })}
          options={intervals.map((ms) => ({ value: String(ms), label: intervalLabel(ms) }))}
        />
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1 pb-1.5">
          <legend className="sr-only">Indicators</legend>
          {INDICATOR_NAMES.map((name) => (
            <CheckboxField
              key={name}
              label={INDICATORS[name].label}
              checked={names.includes(name)}
              onChange={(event) =>
                set({
                  indicators: searchOfIndicators(
                    event.target.checked
                      ? [...names, name]
                      : names.filter((other) => other !== name),
                  ),
                })
              }
            />
          ))}
        </fieldset>
      </div>
      {data === undefined ? (
        <Placeholder error={error} onRetry={() => void refetch()} />
      ) : (
        <TickerCharts ticker={data} symbol={symbol} />
      )}
    </Panel>
  );
}

function Placeholder({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error === null) return <Skeleton className="m-4 h-96" />;
  const { code, message, errorId } = errorWords(error);
  return code === "not-found" ? (
    <EmptyState title="No bars of this length yet">
      They are made from trades while somebody watches the instrument, and its history can be
      fetched on the page of the venue.
    </EmptyState>
  ) : (
    <ErrorState
      title="The candles could not be read"
      message={message}
      errorId={errorId}
      onRetry={onRetry}
    />
  );
}

function TickerCharts({ ticker, symbol }: { ticker: TickerChart; symbol: string }) {
  const [window, setWindow] = useState<TimeWindow | null>(null);
  const { chart } = ticker;
  const extent = { startMs: chart.startMs, endMs: chart.endMs };
  // Memoised because a new array makes the chart draw everything again, and the pointer renders often.
  const panes = useMemo(() => tickerPanes(ticker, symbol, window), [ticker, symbol, window]);
  return (
    <>
      {ticker.openTimeMs.length >= BARS_FEW ? null : (
        <p className="px-4 pt-3 text-[13px] text-muted">
          Only {formatInteger(ticker.openTimeMs.length)} bars of this length are here: they are made
          from trades while somebody watches. Older ones can be fetched on{" "}
          <Link href="/markets/venue" className="underline">
            the page of the venue
          </Link>
          .
        </p>
      )}
      <TimePanes
        panes={panes}
        window={window ?? extent}
        extent={extent}
        intervalMs={chart.intervalMs}
        onWindowChange={setWindow}
        ariaLabel={`Candles and indicators of ${symbol}`}
        csvName={`${symbol}-candles`}
        note={(timeMs) => noteOf(ticker, timeMs)}
      />
    </>
  );
}

/** How the bar under the pointer came about. */
function noteOf(ticker: TickerChart, timeMs: number): string | null {
  const index = ticker.openTimeMs.findLastIndex((openMs) => openMs <= timeMs);
  const provenance = ticker.provenance[index] ?? null;
  if (provenance === null) return null;
  const words = PROVENANCE_WORDS[provenance];
  const trades = ticker.tradeCount[index] ?? null;
  return trades === null ? words : `${words}, ${formatInteger(trades)} trades`;
}
