"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TimeWindow } from "#contracts/interval.ts";
import { useTRPCClient } from "../../../trpc-client.tsx";
import type { ReportSource } from "./report-source.ts";

/** One point a pixel of a wide screen; the server thins what is more. */
const POINTS = 2_000;

/** Series of a report, whole or within a span. A report never changes, so what was read stays good. */
export function useReportSeries(source: ReportSource, window: TimeWindow | null, enabled = true) {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ["report-series", source, window],
    queryFn: () => {
      const request = window === null ? { points: POINTS } : { points: POINTS, window };
      return source.kind === "own"
        ? client.backtests.series.query({ id: source.id, ...request })
        : client.shares.openSeries.query({ token: source.token, ...request });
    },
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
