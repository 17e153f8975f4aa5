import { defaultShouldDehydrateQuery, isServer, QueryClient } from "@tanstack/react-query";

/** A query client for one request on the server, or for the life of the page in the browser. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server has just rendered is fresh: without this the browser asks for it again at once.
        staleTime: 15_000,
        // The server does not wait: what failed there is asked again by the browser.
        retry: (failureCount, error) => !isServer && failureCount < 2 && !isRefusal(error),
      },
      dehydrate: {
        // A prefetch that is still under way streams to the browser when it is done.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        // Next finds out by these errors that a page is dynamic, so they must pass untouched.
        shouldRedactErrors: () => false,
        // As text, which the browser reads at once; React would look at each value of a long series.
        serializeData: (data: unknown) => JSON.stringify(data),
      },
      hydrate: { deserializeData: (text: string): unknown => JSON.parse(text) },
    },
  });
}

let browserQueryClient: QueryClient | undefined;

/** The client of this page; on the server a new one each time, as one must never serve two people. */
export function pageQueryClient(): QueryClient {
  if (isServer) return createQueryClient();
  browserQueryClient ??= createQueryClient();
  return browserQueryClient;
}

/** Asking again does not change a refusal (4xx); a fault (5xx, network) may pass. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !("data" in error)) return false;
  const { data } = error;
  return (
    typeof data === "object" &&
    data !== null &&
    "httpStatus" in data &&
    typeof data.httpStatus === "number" &&
    data.httpStatus < 500
  );
}
