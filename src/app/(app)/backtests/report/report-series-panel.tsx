"use client";

import { useMemo } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportResult, ReportView } from "#contracts/report-view.ts";
import { fetchChartLibrary } from "#ui/charts/chart.tsx";
import { ReportCharts } from "#ui/charts/report-charts.tsx";
import { reportColumns } from "#ui/charts/report-panes.ts";
import { reportThresholds } from "#ui/charts/report-thresholds.ts";
import { Panel } from "#ui/panel.tsx";
import { chartExport } from "../../../chart-export.ts";
import { ChartChoices } from "./chart-choices.tsx";
import { seriesExportPath } from "./report-exports.ts";
import type { ReportSource } from "./report-source.ts";
import { SeriesState } from "./series-state.tsx";
import type { ShownBook } from "./shown-book.ts";
import { useReportSeries } from "./use-report-series.ts";

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
  const thresholds = useMemo(() => reportThresholds(config), [config]);
  const benchmarks = useMemo(
    () =>
      props.benchmarks.flatMap((place) => {
        const benchmark = report.analysis?.benchmarks[place];
        return benchmark === undefined ? [] : [{ place, label: benchmark.label }];
      }),
    [report, props.benchmarks],
  );
  const book = report.books[shown.place] ?? null;
  const columns = reportColumns({
    benchmarks,
    book,
    bookPlace: shown.place,
    shownInstruments: shown.instruments,
  });
  const { series, extent, error, retry, isLoadingDetail } = useReportSeries(source, columns, zoom);
  return (
    <Panel title="What happened" flush>
      {series === undefined ? (
        <SeriesState error={error} onRetry={retry} heightClass="h-[900px] max-sm:h-72" />
      ) : (
        <ReportCharts
          series={series}
          benchmarks={benchmarks}
          symbols={symbols}
          book={book}
          bookPlace={shown.place}
          shownInstruments={shown.instruments}
          trades={report.trades}
          thresholds={thresholds}
          window={zoom}
          extent={extent}
          onZoom={onZoom}
          csvName={`${view.strategyName} v${version}`}
          source={chartExport(seriesExportPath(source))}
          loading={isLoadingDetail}
          controls={<ChartChoices report={report} shown={shown} benchmarks={props.benchmarks} />}
        />
      )}
    </Panel>
  );
}
