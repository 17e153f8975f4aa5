"use client";

import { useQuery } from "@tanstack/react-query";
import type { JobView } from "#contracts/job.ts";
import { isJobActive } from "./job-links.ts";
import { useTRPC } from "./trpc-client.tsx";

const POLL_MS = 400;

/** A job followed until it ends; null while there is none to follow or its first answer is due. */
export function useJob(jobId: string | null): JobView | null {
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.jobs.get.queryOptions({ id: jobId ?? "" }),
    enabled: jobId !== null,
    staleTime: 0,
    refetchInterval: (query) =>
      query.state.data !== undefined && !isJobActive(query.state.data) ? false : POLL_MS,
  });
  return data ?? null;
}
