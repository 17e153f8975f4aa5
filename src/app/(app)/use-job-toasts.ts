"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { JobState, JobView } from "#contracts/job.ts";
import { useToast } from "#ui/toast.tsx";
import { isJobActive, jobHref } from "../job-links.ts";

/** Tells of every job that ends while the person is here, with a way to its result. */
export function useJobToasts(jobs: readonly JobView[]): void {
  const lastStates = useRef(new Map<string, JobState>());
  const queryClient = useQueryClient();
  const toast = useToast();
  const router = useRouter();

  // Synchronises with the worker: what it has finished since the last answer makes cached lists old.
  useEffect(() => {
    const ended = jobs.filter((job) => {
      const before = lastStates.current.get(job.id);
      return before !== undefined && isJobActive({ state: before }) && !isJobActive(job);
    });
    for (const job of jobs) lastStates.current.set(job.id, job.state);
    if (ended.length === 0) return;
    void queryClient.invalidateQueries();
    for (const job of ended.filter(isWorthTelling)) {
      toast({
        title: endTitle(job),
        description: job.error?.message,
        tone: job.state === "succeeded" ? "good" : "bad",
        action: { label: "Open", onAct: () => router.push(jobHref(job)) },
      });
    }
  }, [jobs, queryClient, toast, router]);
}

/** The preview of a file shows itself, and who cancels a job knows that it ended. */
function isWorthTelling(job: JobView): boolean {
  return job.kind !== "inspect-upload" && job.state !== "cancelled";
}

function endTitle(job: JobView): string {
  return job.state === "succeeded" ? `${job.title} is done` : `${job.title} failed`;
}
