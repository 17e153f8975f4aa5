"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc-client.tsx";

/** Names an instrument by its symbol; by its number while the list is not there, or has lost it. */
export function useSymbols(): (instrumentId: number) => string {
  const trpc = useTRPC();
  const { data: series = [] } = useQuery(trpc.instruments.list.queryOptions({}));
  return (id) => series.find(({ instrumentId }) => instrumentId === id)?.symbol ?? `#${id}`;
}
