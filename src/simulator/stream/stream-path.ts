import type { Market } from "../market/instrument-plan.ts";
import type { TimeUnit } from "../wire/event-text.ts";
import type { StreamRoute } from "./connection.ts";

/** What the address of a stream connection says. */
export type StreamPath = {
  readonly market: Market;
  readonly route: StreamRoute;
  readonly isCombined: boolean;
  readonly unit: TimeUnit;
  readonly streams: readonly string[];
};

/** @returns null for an address that the venue does not have */
export function parseStreamPath(url: string): StreamPath | null {
  const parsed = URL.parse(url, "ws://localhost");
  if (parsed === null) return null;
  const { pathname, searchParams } = parsed;
  const match = /^(\/futures(?:\/(public|market|private))?)?\/(ws|stream)(?:\/(.*))?$/.exec(
    pathname,
  );
  if (match === null) return null;
  const [, futures, home, kind, inPath = ""] = match;
  const isCombined = kind === "stream";
  const streams = isCombined ? (searchParams.get("streams") ?? "") : decoded(inPath);
  return {
    market: futures === undefined ? "spot" : "usdm",
    route: routeOf(futures, home),
    isCombined,
    unit: searchParams.get("timeUnit")?.toUpperCase() === "MICROSECOND" ? "us" : "ms",
    streams: streams.split("/").filter((name) => name !== ""),
  };
}

function routeOf(futures: string | undefined, home: string | undefined): StreamRoute {
  if (futures === undefined) return "spot";
  if (home === "public" || home === "market" || home === "private") return home;
  return "old";
}

/** Text without its percent signs, or as it stands where they mean nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A name that cannot be decoded is a stream that nobody knows.
    return text;
  }
}
