"use client";

import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { BacktestSeries } from "#contracts/backtest.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { useTRPCClient } from "../../../trpc-client.tsx";
import { reportSeriesKey, reportSeriesRequest } from "./report-series-request.ts";
import type { ReportSource } from "./report-source.ts";

/**
 * Columns of a report's series, whole or within a span. A report never changes, so what was read stays
 * good.
 */
function seriesQuery(
  client: ReturnType<typeof useTRPCClient>,
  source: ReportSource,
  columns: readonly string[],
  window: TimeWindow | null,
) {
  return queryOptions({
    queryKey: reportSeriesKey(source, columns, window),
    queryFn: () => {
      const request = reportSeriesRequest(columns, window);
      return source.kind === "own"
        ? client.backtests.series.query({ id: source.id, ...request })
        : client.shares.openSeries.query({ token: source.token, ...request });
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Asks for the bars of a span before the page has been told of it: drawing the page takes as long as they do. */
export function usePrefetchSeries(source: ReportSource, columns: readonly string[]) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useCallback(
    (window: TimeWindow) =>
      void queryClient.prefetchQuery(seriesQuery(client, source, columns, window)),
    [client, queryClient, source, columns],
  );
}

/** Every bar of a span is waited for so long; then the whole run's thinned ones are drawn first. */
const DETAIL_WAIT_MS = 250;

/** What charts draw: always what belongs together, while something else is asked for already. */
export type DrawnSeries<Inputs> = {
  readonly series: BacktestSeries;
  /** The span that is drawn; null: all of it. */
  readonly window: TimeWindow | null;
  readonly extent: TimeWindow;
  readonly inputs: Inputs;
};

/**
 * The series to draw. What was drawn stays until the bars of what is asked for are here, so that the
 * charts draw once for a zoom, which is what takes longest; bars that are late are told by `isLoading`.
 *
 * @param inputs what else is drawn, to be changed together with the series; the same object until it changes
 */
export function useReportSeries<Inputs>(
  source: ReportSource,
  columns: readonly string[],
  zoom: TimeWindow | null,
  inputs: Inputs,
) {
  const client = useTRPCClient();
  const whole = useQuery(seriesQuery(client, source, columns, null));
  const zoomed = useQuery({
    ...seriesQuery(client, source, columns, zoom),
    enabled: zoom !== null,
  });
  const isWaiting = zoom !== null && zoomed.data === undefined && zoomed.error === null;
  const isLate = useIsLate(isWaiting);
  const all = whole.data;
  const series = isWaiting && !isLate ? undefined : (zoomed.data ?? all);
  const asked = useMemo(
    (): DrawnSeries<Inputs> | null =>
      series === undefined || all === undefined
        ? null
        : {
            ...{ series, window: zoom, inputs },
            extent: { startMs: all.startMs, endMs: all.endMs },
          },
    [series, all, zoom, inputs],
  );
  return {
    drawn: useLast(asked),
    error: whole.error,
    retry: () => void whole.refetch(),
    isLoading: isWaiting || whole.isFetching,
  };
}

/** The last value that was there. */
function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}

/** Whether something has been waited for longer than it should be. */
function useIsLate(isWaiting: boolean): boolean {
  const [isLate, setIsLate] = useState(false);
  // Synchronises with the clock.
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setIsLate(true), DETAIL_WAIT_MS);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isWaiting]);
  return isLate;
}
