"use client";

import { useQuery } from "@tanstack/react-query";
import type { JobView } from "#contracts/job.ts";
import { isJobActive } from "./job-links.ts";
import { useTRPC } from "./trpc-client.tsx";

const BUSY_POLL_MS = 1_000;
const IDLE_POLL_MS = 10_000;

/** Jobs that wait, run or have ended a short while ago; asked for more often while one is under way. */
export function useRecentJobs(): readonly JobView[] {
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.jobs.active.queryOptions(),
    refetchInterval: (query) =>
      query.state.data?.some(isJobActive) === true ? BUSY_POLL_MS : IDLE_POLL_MS,
  });
  return data ?? [];
}
