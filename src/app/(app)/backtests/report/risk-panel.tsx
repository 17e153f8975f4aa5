"use client";

import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportAnalysis, ReportView } from "#contracts/report-view.ts";
import { RiskCharts } from "#ui/charts/report-charts.tsx";
import { RISK_COLUMNS } from "#ui/charts/report-panes.ts";
import { formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { chartExport } from "../../../chart-export.ts";
import { seriesExportPath } from "./report-exports.ts";
import type { ReportSource } from "./report-source.ts";
import { SeriesState } from "./series-state.tsx";
import { useReportSeries } from "./use-report-series.ts";

/** Rolling Sharpe ratio and exposure, on the span of the other charts. */
export function RiskPanel(props: {
  view: ReportView;
  analysis: ReportAnalysis;
  source: ReportSource;
  zoom: TimeWindow | null;
  onZoom: (window: TimeWindow | null) => void;
}) {
  const { view, analysis, source, zoom, onZoom } = props;
  const { drawn, error, retry, isLoading } = useReportSeries(source, RISK_COLUMNS, zoom, null);
  return (
    <Panel
      title="Risk over time"
      lead={`Gross exposure ${formatNumber(analysis.averageGrossLeverage, { significant: 3 })} × equity on average, flat bars included.`}
      flush
    >
      {drawn === null || error !== null ? (
        <SeriesState error={error} onRetry={retry} heightClass="h-[300px]" />
      ) : (
        <RiskCharts
          series={drawn.series}
          rollingSharpeBars={analysis.rollingSharpeBars}
          window={drawn.window}
          asked={zoom}
          extent={drawn.extent}
          onZoom={onZoom}
          csvName={`${view.strategyName} risk`}
          source={chartExport(seriesExportPath(source))}
          loading={isLoading}
        />
      )}
    </Panel>
  );
}
