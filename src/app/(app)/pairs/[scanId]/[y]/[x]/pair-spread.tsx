"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ScanPairRow, ScanView } from "#contracts/scan.ts";
import { PairCharts } from "#ui/charts/pair-charts.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatSpanUtc } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { toMessage } from "#ui/to-message.ts";
import { chartExport } from "../../../../../chart-export.ts";
import { useTRPC } from "../../../../../trpc-client.tsx";
import { zoomTextOf, zoomWindowOf } from "../../../../backtests/report/zoom-window.ts";
import { useUrlState } from "../../../../discover/use-url-state.ts";
import { PAIR_CHART_POINTS, type PairKey, pairSettingsOf } from "../../../pair-settings.ts";
import { ThresholdFields } from "../../../threshold-fields.tsx";

/** Prices, spread and z-score of the pair with thresholds that can be moved; a zoom brings every bar. */
export function PairSpread(props: { pair: PairKey; row: ScanPairRow; scan: ScanView }) {
  const { pair, row, scan } = props;
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const settings = pairSettingsOf((key) => params.get(key));
  const span = params.get("span");
  // The charts draw everything again when the span is another object.
  const zoom = useMemo(() => zoomWindowOf(span), [span]);
  const input = {
    ...pair,
    zScoreWindowBars: settings.zScoreWindowBars,
    points: PAIR_CHART_POINTS,
  };
  const whole = useQuery({
    ...trpc.scans.pairSeries.queryOptions(input),
    placeholderData: keepPreviousData,
  });
  const zoomed = useQuery({
    ...trpc.scans.pairSeries.queryOptions({ ...input, ...(zoom === null ? {} : { window: zoom }) }),
    enabled: zoom !== null,
    placeholderData: keepPreviousData,
  });
  const series = (zoom === null ? undefined : zoomed.data) ?? whole.data;
  return (
    <Panel
      title="Spread"
      lead={`What is left of Y when the hedge in X is taken away.${whole.data === undefined ? "" : ` Both have bars from ${formatSpanUtc(whole.data)} UTC.`}`}
    >
      <div className="flex flex-col gap-4">
        <ThresholdFields settings={settings} onChange={set} />
        {whole.error !== null && series === undefined ? (
          <ErrorState
            title="The series could not be read"
            message={toMessage(whole.error)}
            onRetry={() => void whole.refetch()}
          />
        ) : null}
        {series === undefined && whole.error === null ? (
          <Skeleton className="h-[560px] w-full" />
        ) : null}
        {series === undefined ? null : (
          <PairCharts
            series={series}
            thresholds={settings}
            legs={{ symbolY: row.symbolY, symbolX: row.symbolX }}
            formation={scan.config.formation}
            window={zoom}
            extent={
              whole.data === undefined
                ? undefined
                : { startMs: whole.data.startMs, endMs: whole.data.endMs }
            }
            onZoom={(window) => set({ span: zoomTextOf(window) })}
            csvName={`${row.symbolY} ${row.symbolX} spread`}
            source={chartExport(`/api/export/spread/${pair.scanId}`, {
              y: pair.instrumentY,
              x: pair.instrumentX,
              zScoreWindowBars: settings.zScoreWindowBars,
            })}
            loading={zoomed.isFetching || whole.isPlaceholderData}
          />
        )}
      </div>
    </Panel>
  );
}
