"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { JobKind, JobState, JobView } from "#contracts/job.ts";
import { leftOut } from "#ui/job-progress.tsx";
import { useToast } from "#ui/toast.tsx";
import type { Tone } from "#ui/tone.ts";
import { isJobActive, jobHref } from "../job-links.ts";
import { useTRPC } from "../trpc-client.tsx";

/** Tells of every job that ends while the person is here, with a way to its result. */
export function useJobToasts(jobs: readonly JobView[]): void {
  const lastStates = useRef(new Map<string, JobState>());
  const trpc = useTRPC();
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
    for (const filter of ended.flatMap((job) => staleAfter(trpc, job.kind))) {
      void queryClient.invalidateQueries(filter);
    }
    for (const job of ended.filter(isWorthTelling)) {
      toast({
        title: endTitle(job),
        description: job.error?.message ?? leftOut(job)[0],
        tone: endTone(job),
        action: { label: "Open", onAct: () => router.push(jobHref(job)) },
      });
    }
  }, [jobs, trpc, queryClient, toast, router]);
}

/** What a finished job has changed: its own results and the lists that count them. */
function staleAfter(trpc: ReturnType<typeof useTRPC>, kind: JobKind) {
  switch (kind) {
    case "inspect-upload":
      return [trpc.uploads.pathFilter()];
    case "import-uploads":
      return [
        trpc.uploads.pathFilter(),
        trpc.instruments.pathFilter(),
        trpc.universes.pathFilter(),
      ];
    case "scan":
      return [trpc.scans.pathFilter(), trpc.universes.pathFilter()];
    case "backtest":
      return [trpc.backtests.pathFilter(), trpc.strategies.pathFilter()];
    case "optimisation":
      return [trpc.optimisations.pathFilter(), trpc.strategies.pathFilter()];
    case "verification":
      // A page that shows one follows it by itself.
      return [];
    case "published-study":
      return [trpc.publishedStudies.pathFilter()];
    case "learning-run":
      return [trpc.learningRuns.pathFilter(), trpc.datasets.pathFilter()];
    case "pair-analysis":
      return [trpc.pairAnalyses.pathFilter()];
    case "backfill-history":
      return [trpc.instruments.pathFilter()];
  }
}

/** The preview of a file shows itself, and who cancels a job knows that it ended. */
function isWorthTelling(job: JobView): boolean {
  return job.kind !== "inspect-upload" && job.state !== "cancelled";
}

function endTitle(job: JobView): string {
  return job.state === "succeeded" ? `${job.title} is done` : `${job.title} failed`;
}

function endTone(job: JobView): Tone {
  if (job.state !== "succeeded") return "bad";
  return leftOut(job).length === 0 ? "good" : "warn";
}
