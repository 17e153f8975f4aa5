"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import { PageHeader } from "#ui/page-header.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { firstSteps, nextStep } from "./first-steps.ts";
import { FirstStepsPanel } from "./first-steps-panel.tsx";
import { hasReport, LatestReports } from "./latest-reports.tsx";
import { LatestScans } from "./latest-scans.tsx";
import { LiveNow } from "./live-now.tsx";
import { RunningJobs } from "./running-jobs.tsx";

/** What needs the person: the next step of a newcomer, running jobs, the latest results. */
export function HomeView() {
  const trpc = useTRPC();
  const [backtests, scans, strategies, universes, ownSeries, shares] = useSuspenseQueries({
    queries: [
      trpc.backtests.list.queryOptions({}),
      trpc.scans.list.queryOptions(),
      trpc.strategies.list.queryOptions(),
      trpc.universes.list.queryOptions(),
      trpc.instruments.list.queryOptions({ venue: "upload" }),
      trpc.shares.list.queryOptions(),
    ],
  });
  const steps = firstSteps({
    ownSeries: ownSeries.data.length,
    universes: universes.data.length,
    finishedScans: scans.data.filter(({ summary }) => summary !== null).length,
    strategies: strategies.data.length,
    reports: backtests.data.filter(hasReport).length,
    shares: shares.data.length,
  });
  const next = nextStep(steps);
  return (
    <>
      <PageHeader
        title="Home"
        lead="What is running, what came out last, and what to do next."
        actions={
          <ButtonLink href={next?.href ?? "/discover/scans/new"} variant="primary">
            {next?.action ?? "Start a scan"}
          </ButtonLink>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-6 lg:col-span-2">
          <LiveNow />
          <RunningJobs />
          <LatestReports backtests={backtests.data} />
          <LatestScans scans={scans.data} />
        </div>
        {next === null ? null : (
          <div className="order-first lg:order-none">
            <FirstStepsPanel steps={steps} nextId={next.id} />
          </div>
        )}
      </div>
    </>
  );
}
