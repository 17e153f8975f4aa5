"use client";

import { useEffect, useMemo } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportResult, ReportView } from "#contracts/report-view.ts";
import { fetchChartLibrary } from "#ui/charts/chart.tsx";
import { ReportCharts } from "#ui/charts/report-charts.tsx";
import { reportColumns } from "#ui/charts/report-panes.ts";
import { reportThresholds } from "#ui/charts/report-thresholds.ts";
import { timeRanges } from "#ui/charts/time-range.ts";
import { Panel } from "#ui/panel.tsx";
import { chartExport } from "../../../chart-export.ts";
import { whenIdle } from "../../../when-idle.ts";
import { ChartChoices } from "./chart-choices.tsx";
import { seriesExportPath } from "./report-exports.ts";
import type { ReportSource } from "./report-source.ts";
import { SeriesState } from "./series-state.tsx";
import type { ShownBook } from "./shown-book.ts";
import { usePrefetchSeries, useReportSeries } from "./use-report-series.ts";
import { hasOwnParameters } from "./window-chart-inputs.ts";
import { zoomTextOf, zoomWindowOf } from "./zoom-window.ts";

type Props = {
  view: ReportView;
  report: ReportResult;
  source: ReportSource;
  shown: ShownBook;
  /** Places of the benchmarks that are drawn. */
  benchmarks: readonly number[];
  zoom: TimeWindow | null;
  onZoom: (window: TimeWindow | null) => void;
};

// With the scripts of the page, and not after it has come to life.
fetchChartLibrary();

/** The charts of a report: thinned over the whole run, every bar within a zoom. */
export function ReportSeriesPanel(props: Props) {
  const { view, report, source, shown, zoom, onZoom } = props;
  const { config, version } = view.strategyVersion;
  // Memoised because the charts draw everything again when one of these is another object.
  const symbols = useMemo(() => report.instruments.map(({ symbol }) => symbol), [report]);
  const thresholds = useMemo(
    // Levels that windows chose themselves are no lines through all of them: each window's chart has its own.
    () => (hasOwnParameters(report.windows) ? {} : reportThresholds(config)),
    [config, report],
  );
  const benchmarks = useMemo(
    () =>
      props.benchmarks.flatMap((place) => {
        const benchmark = report.analysis?.benchmarks[place];
        return benchmark === undefined ? [] : [{ place, label: benchmark.label }];
      }),
    [report, props.benchmarks],
  );
  const inputs = useMemo(
    () => ({
      benchmarks,
      book: report.books[shown.place] ?? null,
      bookPlace: shown.place,
      shownInstruments: shown.instruments,
    }),
    [benchmarks, report, shown],
  );
  // Memoised because what asks for more of them is.
  const columns = useMemo(() => reportColumns(inputs), [inputs]);
  const prefetch = usePrefetchSeries(source, columns);
  const ask = (window: TimeWindow | null) => {
    // As the address will hold it.
    const asked = zoomWindowOf(zoomTextOf(window));
    if (asked !== null) prefetch(asked);
  };
  const { drawn, error, retry, isLoading } = useReportSeries(source, columns, zoom, inputs);
  const startMs = drawn?.extent.startMs ?? 0;
  const endMs = drawn?.extent.endMs ?? 0;
  const intervalMs = drawn?.series.intervalMs ?? 0;
  // Synchronises with the idle browser: a range button that is pressed out of nowhere finds its bars.
  useEffect(() => {
    if (endMs === startMs) return;
    whenIdle(() => {
      for (const range of timeRanges({ startMs, endMs }, intervalMs)) {
        const asked = zoomWindowOf(zoomTextOf(range.window));
        if (asked !== null) prefetch(asked);
      }
    });
  }, [startMs, endMs, intervalMs, prefetch]);
  return (
    <Panel title="What happened" flush>
      {drawn === null || error !== null ? (
        <SeriesState error={error} onRetry={retry} heightClass="h-[900px] max-sm:h-72" />
      ) : (
        <ReportCharts
          {...drawn.inputs}
          series={drawn.series}
          symbols={symbols}
          trades={report.trades}
          thresholds={thresholds}
          window={drawn.window}
          asked={zoom}
          extent={drawn.extent}
          onZoomNear={ask}
          onZoom={(window) => {
            ask(window);
            onZoom(window);
          }}
          csvName={`${view.strategyName} v${version}`}
          source={chartExport(seriesExportPath(source))}
          loading={isLoading}
          controls={<ChartChoices report={report} shown={shown} benchmarks={props.benchmarks} />}
        />
      )}
    </Panel>
  );
}
