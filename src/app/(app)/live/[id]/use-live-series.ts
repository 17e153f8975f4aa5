"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "../../../trpc-client.tsx";

/** Bars of a second would ask for the history every second. */
const REFETCH_MS_MIN = 2_000;
const POINTS = 2_000;

/** The bars that the charts and tables show, read again when one has closed. */
export function useLiveSeries(
  request: { readonly id: string; readonly bars: number; readonly candles: boolean },
  barOpenMs: number | null,
) {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.live.series.queryOptions({ ...request, points: POINTS }),
    placeholderData: keepPreviousData,
  });
  const { refetch } = query;
  const asked = useRef<{ barOpenMs: number | null; atMs: number }>({ barOpenMs, atMs: 0 });
  // Synchronises with the clock, and with whether the page can be seen: a bar that closed is read at once, or when
  // the last reading is old enough.
  useEffect(() => {
    if (barOpenMs === null || barOpenMs === asked.current.barOpenMs) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      asked.current = { barOpenMs, atMs: performance.now() };
      // Charts and tables of the same bars share one reading.
      void refetch({ cancelRefetch: false });
    };
    const plan = () => {
      clearTimeout(timer);
      if (document.hidden || asked.current.barOpenMs === barOpenMs) return;
      const waitMs = asked.current.atMs + REFETCH_MS_MIN - performance.now();
      timer = setTimeout(read, Math.max(0, waitMs));
    };
    plan();
    document.addEventListener("visibilitychange", plan);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", plan);
    };
  }, [barOpenMs, refetch]);
  return query;
}
