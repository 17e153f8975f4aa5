"use client";

import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { BacktestComparison } from "#contracts/backtest.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { ComparisonChart } from "#ui/charts/comparison-chart.tsx";
import { Panel } from "#ui/panel.tsx";
import { useTRPCClient } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { reportSeriesKey, reportSeriesRequest } from "../report/report-series-request.ts";
import { SeriesState } from "../report/series-state.tsx";
import { zoomTextOf, zoomWindowOf } from "../report/zoom-window.ts";
import { letterOf } from "./comparison-rows.ts";

const COLUMNS = ["equity", "drawdown"];

/** Equity of the compared, overlaid, each from 1. */
export function ComparedEquity({ backtests }: Pick<BacktestComparison, "backtests">) {
  const client = useTRPCClient();
  const { params, set } = useUrlState();
  const span = params.get("span");
  // The charts draw everything again when the span is another object.
  const zoom = useMemo(() => zoomWindowOf(span), [span]);
  const combined = useQueries({
    queries: backtests.map(({ id }) => ({
      queryKey: reportSeriesKey({ kind: "own", id }, COLUMNS, zoom),
      queryFn: () => client.backtests.series.query({ id, ...reportSeriesRequest(COLUMNS, zoom) }),
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: (before: ChartSeries | undefined) => before,
    })),
    combine: (results) => ({
      series: results.map(({ data }) => data),
      error: results.find(({ error }) => error !== null)?.error ?? null,
      retry: () => {
        for (const { refetch } of results) void refetch();
      },
    }),
  });
  const { series, error, retry } = combined;
  const compared = useMemo(
    () =>
      series.flatMap((one, place) =>
        one === undefined ? [] : [{ name: letterOf(place), series: one }],
      ),
    [series],
  );
  return (
    <Panel title="Equity" flush>
      {compared.length < backtests.length ? (
        <SeriesState error={error} onRetry={retry} heightClass="h-[480px] max-sm:h-72" />
      ) : (
        <ComparisonChart
          compared={compared}
          window={zoom}
          onZoom={(window) => set({ span: zoomTextOf(window) })}
        />
      )}
    </Panel>
  );
}
