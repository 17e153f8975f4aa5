"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { JobView } from "#contracts/job.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { isJobActive, jobHref } from "../../job-links.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { useTableView } from "../use-table-view.ts";
import { JOB_COLUMNS } from "./job-columns.tsx";

const BUSY_POLL_MS = 1_000;
const IDLE_POLL_MS = 10_000;

/** A batch of files is read one by one: a hundred lines that nobody looks for. */
function isFinishedReading({ kind, state }: JobView): boolean {
  return kind === "inspect-upload" && state === "succeeded";
}

/** All long work: what runs, how far it is, how it ended. */
export function JobsView() {
  const trpc = useTRPC();
  const tableView = useTableView({ id: "created", desc: true });
  const { data: jobs } = useSuspenseQuery({
    ...trpc.jobs.list.queryOptions(),
    refetchInterval: (query) =>
      query.state.data?.some(isJobActive) === true ? BUSY_POLL_MS : IDLE_POLL_MS,
  });
  const [showsReadings, setShowsReadings] = useState(false);
  const work = useMemo(() => jobs.filter((job) => !isFinishedReading(job)), [jobs]);
  const readingCount = jobs.length - work.length;
  // Where nothing else was done, leaving them out would say that nothing was done.
  const rows = showsReadings || work.length === 0 ? jobs : work;
  return (
    <>
      <PageHeader
        title="Jobs"
        lead="Long work runs here while you go on: how far it is, how it ended, and the way to stop it."
        actions={
          <ButtonLink href="/discover/scans/new" variant="primary">
            Start a scan
          </ButtonLink>
        }
      />
      <Panel flush>
        <DataTable
          columns={JOB_COLUMNS}
          data={rows}
          getRowId={(job) => job.id}
          rowLabel="job"
          ariaLabel="Jobs"
          rowHref={jobHref}
          filterPlaceholder="Filter by name, kind or state"
          csvName="jobs"
          toolbar={
            readingCount === 0 || work.length === 0 ? null : (
              <Button
                size="sm"
                aria-pressed={showsReadings}
                onClick={() => setShowsReadings(!showsReadings)}
              >
                {showsReadings ? "Hide" : "Show"} {readingCount} readings of files
              </Button>
            )
          }
          emptyState={
            <EmptyState title="No jobs yet">
              Imports, scans and backtests run as jobs. They go on when you leave the page.
            </EmptyState>
          }
          {...tableView}
        />
      </Panel>
    </>
  );
}
