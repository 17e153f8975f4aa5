"use client";

import { useEffect, useRef } from "react";
import type { JobView } from "#contracts/job.ts";
import { isJobActive } from "./job-links.ts";

/** Acts once when a followed job has ended. */
export function useJobEnd(job: JobView | null, onEnd: (job: JobView) => void): void {
  const handledId = useRef<string | null>(null);
  // Synchronises with the worker, which ends a job at a moment of its own.
  useEffect(() => {
    if (job === null || isJobActive(job) || handledId.current === job.id) return;
    handledId.current = job.id;
    onEnd(job);
  }, [job, onEnd]);
}
