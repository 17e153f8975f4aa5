import {
  dehydrate,
  type FetchQueryOptions,
  HydrationBoundary,
  type QueryKey,
} from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cache, createElement, type ReactNode } from "react";
import { appRouter } from "#server/root.ts";
import { createQueryClient } from "./query-client.ts";
import { serverContext } from "./server-context.ts";

/** One query client a request: what a page prefetches and what it hydrates is the same. */
export const requestQueryClient = cache(createQueryClient);

/** Options of every procedure for a server component; calls run in this process, not over HTTP. */
export const trpc = createTRPCOptionsProxy({
  router: appRouter,
  ctx: serverContext,
  queryClient: requestQueryClient,
});

/** Starts a query without waiting: the page streams, and what comes later follows. */
export function prefetch<TData, TError, TResult, TKey extends QueryKey>(
  options: FetchQueryOptions<TData, TError, TResult, TKey>,
): void {
  void requestQueryClient().prefetchQuery(options);
}

/** Hands what was prefetched to the client components inside. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return createElement(HydrationBoundary, { state: dehydrate(requestQueryClient()) }, children);
}
