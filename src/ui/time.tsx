"use client";

import { useSyncExternalStore } from "react";
import { formatTime, formatTimeUtc } from "./format.ts";

const subscribeNever = () => () => {};

/** A moment in the person's zone, with UTC on hover; the server, which has no zone of theirs, renders UTC. */
export function Time(props: { ms: number | null | undefined; intervalMs?: number | undefined }) {
  const isBrowser = useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false,
  );
  const { ms, intervalMs } = props;
  if (ms === null || ms === undefined) return <span className="text-muted">–</span>;
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={formatTimeUtc(ms)}
      className="tabular-nums whitespace-nowrap"
    >
      {formatTime(ms, intervalMs, isBrowser ? "local" : "utc")}
    </time>
  );
}
