"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "../../../trpc-client.tsx";
import type { ReportSource } from "./report-source.ts";

/** Legs of a trade by its place in the report, read when it is opened. A report never changes. */
export function useTradeLegs(source: ReportSource, trade: number) {
  const client = useTRPCClient();
  const { data, error, refetch } = useQuery({
    queryKey: ["trade-legs", source, trade],
    queryFn: () =>
      source.kind === "own"
        ? client.backtests.tradeLegs.query({ id: source.id, trade })
        : client.shares.openTradeLegs.query({ token: source.token, trade }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { legs: data, error, retry: () => void refetch() };
}
