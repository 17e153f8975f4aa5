"use client";

import { useMemo, useState } from "react";
import type { WindowResult } from "#contracts/backtest.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportResult, ReportView } from "#contracts/report-view.ts";
import { FigureCharts } from "#ui/charts/figure-charts.tsx";
import { reportThresholds } from "#ui/charts/report-thresholds.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { chartExport } from "../../../chart-export.ts";
import { seriesExportPath } from "./report-exports.ts";
import type { ReportSource } from "./report-source.ts";
import { SeriesState } from "./series-state.tsx";
import { useReportSeries } from "./use-report-series.ts";
import { bookPlaceOf, windowSpan } from "./window-chart-inputs.ts";

type Pair = WindowResult["pairs"][number];

type Props = {
  view: ReportView;
  report: ReportResult;
  source: ReportSource;
  window: WindowResult;
  /** Of the window, counted from one. */
  number: number;
  pair: Pair;
};

/** What the strategy saw of a pair while a window traded it, by the line that its formation had taught. */
export function WindowPairChart(props: Props) {
  const { report, number, pair, window } = props;
  const place = bookPlaceOf(report.books, pair);
  const name = pair.instruments.map((one) => report.instruments[one]?.symbol ?? "").join(" / ");
  const book = report.books[place];
  return (
    <Panel
      title={`${name} in window ${number}`}
      lead={
        <>
          What the strategy saw at each close from <Time ms={window.tradingStartMs} /> on, with what
          its formation had taught and no later bar.
        </>
      }
      flush
    >
      {book === undefined || book.figures.length === 0 ? (
        <p className="p-4 text-sm text-muted">
          {pair.refusal ??
            "The report has not kept what the strategy saw of this pair: it is from before that was done, or there were more pairs and bars than it has room for."}
        </p>
      ) : (
        <FiguresOfWindow {...props} place={place} name={name} />
      )}
    </Panel>
  );
}

function FiguresOfWindow(props: Props & { place: number; name: string }) {
  const { view, report, source, window, number, pair, place, name } = props;
  const { config } = view.strategyVersion;
  const { intervalMs, kind, parameters } = config;
  const [zoom, setZoom] = useState<TimeWindow | null>(null);
  const book = report.books[place] ?? null;
  // Memoised because the chart draws everything again when one of these is another object.
  const span = useMemo(() => windowSpan(window, intervalMs), [window, intervalMs]);
  const columns = useMemo(
    () => (book?.figures ?? []).map((figure) => `${figure.name}.${place}`),
    [book, place],
  );
  const thresholds = useMemo(
    () => reportThresholds({ kind, parameters: { ...parameters, ...pair.parameters } }),
    [kind, parameters, pair],
  );
  const { drawn, error, retry, isLoading } = useReportSeries(source, columns, zoom ?? span, null);
  if (drawn === null || error !== null) {
    return <SeriesState error={error} onRetry={retry} heightClass="h-[280px]" />;
  }
  return (
    <FigureCharts
      series={drawn.series}
      book={book}
      bookPlace={place}
      trades={report.trades}
      thresholds={thresholds}
      window={drawn.window ?? span}
      asked={zoom ?? span}
      extent={span}
      onZoom={setZoom}
      ariaLabel={`What the strategy saw of ${name} in window ${number}`}
      csvName={`${view.strategyName} ${name} window ${number}`}
      source={chartExport(seriesExportPath(source))}
      loading={isLoading}
    />
  );
}
