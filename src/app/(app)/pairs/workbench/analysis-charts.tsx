"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PairAnalysisResult, PairAnalysisView } from "#contracts/pair-analysis.ts";
import { WorkbenchCharts } from "#ui/charts/workbench-charts.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { chartExport } from "../../../chart-export.ts";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { zoomTextOf, zoomWindowOf } from "../../backtests/report/zoom-window.ts";
import { useUrlState } from "../../discover/use-url-state.ts";
import { PAIR_CHART_POINTS } from "../pair-settings.ts";

/** What of the pair moves; a zoom brings every bar. */
export function AnalysisCharts(props: { view: PairAnalysisView; result: PairAnalysisResult }) {
  const { view, result } = props;
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const span = params.get("span");
  // The charts draw everything again when the span is another object.
  const zoom = useMemo(() => zoomWindowOf(span), [span]);
  const input = { id: view.id, points: PAIR_CHART_POINTS };
  const whole = useQuery(trpc.pairAnalyses.series.queryOptions(input));
  const zoomed = useQuery({
    ...trpc.pairAnalyses.series.queryOptions({
      ...input,
      ...(zoom === null ? {} : { window: zoom }),
    }),
    enabled: zoom !== null,
    placeholderData: keepPreviousData,
  });
  const series = (zoom === null ? undefined : zoomed.data) ?? whole.data;
  const best = result.thresholds.find(({ objective }) => objective === "return");
  return (
    <Panel title="Over time" lead="Each value of a rolling line is made of bars up to its own.">
      {series === undefined ? (
        <ChartPlaceholder error={whole.error} onRetry={() => void whole.refetch()} />
      ) : (
        <WorkbenchCharts
          series={series}
          legs={{ symbolY: view.symbolY, symbolX: view.symbolX }}
          entryLevel={best?.entry ?? null}
          exitLevel={best?.exit ?? null}
          window={zoom}
          extent={
            whole.data === undefined
              ? undefined
              : { startMs: whole.data.startMs, endMs: whole.data.endMs }
          }
          onZoom={(window) => set({ span: zoomTextOf(window) })}
          source={chartExport(`/api/export/analysis/${view.id}`, {})}
          loading={zoomed.isFetching}
        />
      )}
    </Panel>
  );
}

function ChartPlaceholder({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error === null) return <Skeleton className="h-[760px] w-full" />;
  const { message, errorId } = errorWords(error);
  return (
    <ErrorState
      title="The series could not be read"
      message={message}
      errorId={errorId}
      onRetry={onRetry}
    />
  );
}
