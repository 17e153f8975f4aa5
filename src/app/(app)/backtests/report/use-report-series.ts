"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TimeWindow } from "#contracts/interval.ts";
import { useTRPCClient } from "../../../trpc-client.tsx";
import { reportSeriesKey, reportSeriesRequest } from "./report-series-request.ts";
import type { ReportSource } from "./report-source.ts";

/**
 * Columns of a report's series, whole or within a span. A report never changes, so what was read stays
 * good.
 */
function useSeriesWithin(
  source: ReportSource,
  columns: readonly string[],
  window: TimeWindow | null,
  enabled: boolean,
) {
  const client = useTRPCClient();
  return useQuery({
    queryKey: reportSeriesKey(source, columns, window),
    queryFn: () => {
      const request = reportSeriesRequest(columns, window);
      return source.kind === "own"
        ? client.backtests.series.query({ id: source.id, ...request })
        : client.shares.openSeries.query({ token: source.token, ...request });
    },
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** The series to draw: the span's own bars as soon as they are here, until then the whole run's. */
export function useReportSeries(
  source: ReportSource,
  columns: readonly string[],
  zoom: TimeWindow | null,
) {
  const whole = useSeriesWithin(source, columns, null, true);
  const zoomed = useSeriesWithin(source, columns, zoom, zoom !== null);
  const detail = zoom === null || zoomed.isPlaceholderData ? undefined : zoomed.data;
  return {
    series: detail ?? whole.data,
    extent:
      whole.data === undefined
        ? undefined
        : { startMs: whole.data.startMs, endMs: whole.data.endMs },
    error: whole.error,
    retry: () => void whole.refetch(),
    isLoadingDetail: zoom !== null && zoomed.isFetching,
  };
}
