"use client";

import { memo } from "react";
import type { WatchedPairView } from "#contracts/live-message.ts";
import type { LiveMinute, LivePoint } from "#contracts/live-series.ts";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatAligned, formatInteger, formatNumber, formatZScore } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { Time } from "#ui/time.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { MiniBacktest } from "./mini-backtest.tsx";
import { NotesForm } from "./notes-form.tsx";
import { provenanceInWords } from "./provenance-words.ts";
import { useLiveSeries } from "./use-live-series.ts";

const TABLE_BARS = 500;

/** `barOpenMs`: of the last bar that closed. */
type Props = { pair: WatchedPairView; barOpenMs: number | null };

/** The same in numbers, a quick backtest of it, and what one has noted. */
// Memoised because the page around it hears of every tick, and the tables change with a bar.
export const LiveTables = memo(function LiveTables({ pair, barOpenMs }: Props) {
  const { params, set } = useUrlState();
  return (
    <div className="mt-6">
      <Tabs
        ariaLabel="In numbers"
        value={params.get("table") ?? "points"}
        onValueChange={(table) => set({ table: table === "points" ? null : table })}
        tabs={[
          {
            id: "points",
            label: "Last 20 bars",
            content: <Points pair={pair} barOpenMs={barOpenMs} />,
          },
          {
            id: "minutes",
            label: "By the minute",
            content: <Minutes pair={pair} barOpenMs={barOpenMs} />,
          },
          { id: "backtest", label: "Mini backtest", content: <MiniBacktest pair={pair} /> },
          { id: "notes", label: "Notes", content: <NotesForm pair={pair} /> },
        ]}
      />
    </div>
  );
});

const price = (value: number) => formatAligned(value, { significant: 6 });
const figure = (value: number) => formatAligned(value, { significant: 4 });

const POINT_COLUMNS: readonly DataColumn<LivePoint>[] = [
  {
    id: "openTimeMs",
    header: "Bar",
    value: ({ openTimeMs }) => openTimeMs,
    cell: ({ openTimeMs }) => <Time ms={openTimeMs} intervalMs={1_000} />,
    csv: csvTime(({ openTimeMs }) => openTimeMs),
  },
  { id: "closeY", header: "Close Y", value: ({ closeY }) => closeY, format: price },
  { id: "closeX", header: "Close X", value: ({ closeX }) => closeX, format: price },
  { id: "spread", header: "Spread", value: ({ spread }) => spread, format: figure },
  { id: "mean", header: "Mean", value: ({ spreadMean }) => spreadMean, format: figure },
  { id: "zScore", header: "z-score", value: (point) => point.zScore, format: formatZScore },
  { id: "hedge", header: "β", value: ({ hedgeRatio }) => hedgeRatio, format: figure },
  { id: "correlation", header: "Corr.", value: ({ correlation }) => correlation, format: figure },
  {
    id: "volumeY",
    header: "Volume Y",
    value: ({ volumeY }) => volumeY,
    format: formatNumber,
  },
  {
    id: "volumeX",
    header: "Volume X",
    value: ({ volumeX }) => volumeX,
    format: formatNumber,
  },
  {
    id: "provenance",
    header: "Made of",
    value: ({ provenanceY, provenanceX }) =>
      provenanceInWords({ legY: provenanceY, legX: provenanceX }),
  },
];

function Points({ pair, barOpenMs }: Props) {
  const { data } = useLiveSeries({ id: pair.id, bars: TABLE_BARS, candles: false }, barOpenMs);
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Last 20 bars"
        rowLabel="bar"
        columns={POINT_COLUMNS}
        data={data?.points ?? []}
        getRowId={({ openTimeMs }) => String(openTimeMs)}
        csvName={`${pair.symbolY}-${pair.symbolX}-bars`}
      />
    </Panel>
  );
}

const MINUTE_COLUMNS: readonly DataColumn<LiveMinute>[] = [
  {
    id: "startMs",
    header: "Minute",
    value: ({ startMs }) => startMs,
    cell: ({ startMs }) => <Time ms={startMs} intervalMs={60_000} />,
    csv: csvTime(({ startMs }) => startMs),
  },
  { id: "bars", header: "Bars", value: ({ bars }) => bars, format: formatInteger },
  { id: "closeY", header: "Close Y", value: ({ closeY }) => closeY, format: price },
  { id: "closeX", header: "Close X", value: ({ closeX }) => closeX, format: price },
  { id: "tradesY", header: "Trades Y", value: ({ tradesY }) => tradesY, format: formatInteger },
  { id: "tradesX", header: "Trades X", value: ({ tradesX }) => tradesX, format: formatInteger },
  { id: "mean", header: "Spread, mean", value: ({ spreadMean }) => spreadMean, format: figure },
  {
    id: "deviation",
    header: "Spread, deviation",
    help: "Standard deviation of the spreads of the minute, divides by n − 1.",
    value: ({ spreadDeviation }) => spreadDeviation,
    format: figure,
  },
  { id: "zMin", header: "z lowest", value: ({ zScoreMin }) => zScoreMin, format: formatZScore },
  { id: "zMax", header: "z highest", value: ({ zScoreMax }) => zScoreMax, format: formatZScore },
  { id: "zLast", header: "z last", value: ({ zScoreLast }) => zScoreLast, format: formatZScore },
];

function Minutes({ pair, barOpenMs }: Props) {
  const { data } = useLiveSeries({ id: pair.id, bars: TABLE_BARS, candles: false }, barOpenMs);
  return (
    <Panel flush>
      <DataTable
        ariaLabel="By the minute"
        rowLabel="minute"
        columns={MINUTE_COLUMNS}
        data={data?.minutes ?? []}
        getRowId={({ startMs }) => String(startMs)}
        csvName={`${pair.symbolY}-${pair.symbolX}-minutes`}
      />
    </Panel>
  );
}
