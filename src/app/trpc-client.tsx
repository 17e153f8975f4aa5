"use client";

import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "#server/root.ts";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const URL = "/api/trpc";
const HEADERS = { "x-pairdesk": "1" };

/** Queries whose input may be longer than an address can be: a list of hundreds of features. */
const LONG_QUERIES: ReadonlySet<string> = new Set(["datasets.preview"]);

/**
 * The browser's client. The header is what a form of another site cannot send; subscriptions are streams of
 * events, which come back by themselves with the id of the last one after a break.
 */
export function createBrowserTrpcClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url: URL }),
        false: splitLink({
          condition: ({ path }) => LONG_QUERIES.has(path),
          true: httpLink({ url: URL, headers: HEADERS, methodOverride: "POST" }),
          false: httpBatchLink({ url: URL, headers: HEADERS, maxItems: 10 }),
        }),
      }),
    ],
  });
}
