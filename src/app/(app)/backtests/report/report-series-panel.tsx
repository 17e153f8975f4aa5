"use client";

import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportTrade, ReportView } from "#contracts/report-view.ts";
import { ReportCharts } from "#ui/charts/report-charts.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { toMessage } from "#ui/to-message.ts";
import { chartExport } from "../../../chart-export.ts";
import type { ReportSource } from "./report-source.ts";
import { useReportSeries } from "./use-report-series.ts";

type Props = {
  view: ReportView;
  trades: readonly ReportTrade[];
  source: ReportSource;
  zoom: TimeWindow | null;
  onZoom: (window: TimeWindow | null) => void;
};

/** The charts of a report: thinned over the whole run, every bar within a zoom. */
export function ReportSeriesPanel({ view, trades, source, zoom, onZoom }: Props) {
  const whole = useReportSeries(source, null);
  const zoomed = useReportSeries(source, zoom, zoom !== null);
  const series = (zoom === null ? undefined : zoomed.data) ?? whole.data;
  const { legY, legX, config } = view.strategyVersion;
  return (
    <Panel title="What happened" flush>
      {series === undefined && whole.error === null ? (
        <div className="p-4">
          <Skeleton className="h-[820px] w-full max-sm:h-72" />
        </div>
      ) : null}
      {series === undefined && whole.error !== null ? (
        <ErrorState
          title="The series could not be read"
          message={toMessage(whole.error)}
          onRetry={() => void whole.refetch()}
        />
      ) : null}
      {series === undefined ? null : (
        <ReportCharts
          series={series}
          trades={trades}
          thresholds={config}
          legs={{ symbolY: legY.symbol, symbolX: legX.symbol }}
          window={zoom}
          extent={
            whole.data === undefined
              ? undefined
              : { startMs: whole.data.startMs, endMs: whole.data.endMs }
          }
          onZoom={onZoom}
          csvName={`${view.strategyName} v${view.strategyVersion.version}`}
          source={chartExport(exportPath(source))}
          loading={zoomed.isFetching}
        />
      )}
    </Panel>
  );
}

function exportPath(source: ReportSource): string {
  return source.kind === "own"
    ? `/api/export/report/${source.id}`
    : `/api/export/shared/${source.token}`;
}
