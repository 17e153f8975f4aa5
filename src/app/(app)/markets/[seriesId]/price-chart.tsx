"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SeriesDetail } from "#contracts/market-data.ts";
import { SeriesChart } from "#ui/charts/series-chart.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { chartExport } from "../../../chart-export.ts";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { zoomWindowOf } from "../../backtests/report/zoom-window.ts";
import { useUrlState } from "../../discover/use-url-state.ts";
import { CHART_POINTS } from "./chart-points.ts";

/** Prices of the span that the address names, asked anew in full detail at each zoom. */
export function PriceChart({ series }: { series: SeriesDetail }) {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  // The same words as in a report's address, in two parts.
  const window = zoomWindowOf(`${params.get("from")}-${params.get("to")}`);
  const { data, error, isFetching, refetch } = useQuery({
    ...trpc.instruments.bars.queryOptions({
      seriesId: series.seriesId,
      points: CHART_POINTS,
      ...(window === null ? {} : { window }),
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <Panel title="Closes" lead="A break in the line is a gap in the data. Drag to zoom.">
      {data === undefined ? (
        <ChartPlaceholder error={error} onRetry={() => void refetch()} />
      ) : (
        <SeriesChart
          series={data}
          symbol={series.symbol}
          window={window}
          extent={{
            startMs: series.firstOpenTimeMs,
            endMs: series.lastOpenTimeMs + series.intervalMs,
          }}
          onZoom={(next) =>
            set({ from: next?.startMs.toString() ?? null, to: next?.endMs.toString() ?? null })
          }
          csvName={series.symbol}
          source={chartExport(`/api/export/prices/${series.seriesId}`)}
          loading={isFetching}
        />
      )}
    </Panel>
  );
}

function ChartPlaceholder({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error === null) return <Skeleton className="h-80 w-full" />;
  const { message, errorId } = errorWords(error);
  return (
    <ErrorState
      title="The prices could not be read"
      message={message}
      errorId={errorId}
      onRetry={onRetry}
    />
  );
}
