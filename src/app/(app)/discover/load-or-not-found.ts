import type { FetchQueryOptions, QueryKey } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { notFound, redirect } from "next/navigation";
import { requestQueryClient } from "#app/trpc-server.ts";

/**
 * What a page is about, read before the page is made, so that an address that leads nowhere shows
 * "not found" and not a page with an error in it. What was read is handed to the browser as well.
 */
export async function loadOrNotFound<TData, TError, TResult, TKey extends QueryKey>(
  options: FetchQueryOptions<TData, TError, TResult, TKey>,
): Promise<TResult> {
  try {
    return await requestQueryClient().fetchQuery({ ...options, retry: false });
  } catch (error) {
    const code = error instanceof TRPCError ? error.code : null;
    if (code === "UNAUTHORIZED") redirect("/sign-in");
    // An id that is none (BAD_REQUEST) leads nowhere just as an unknown one does.
    if (code === "NOT_FOUND" || code === "BAD_REQUEST") notFound();
    throw error;
  }
}
