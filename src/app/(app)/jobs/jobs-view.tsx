"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
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

/** All long work: what runs, how far it is, how it ended. */
export function JobsView() {
  const trpc = useTRPC();
  const tableView = useTableView({ id: "created", desc: true });
  const { data: jobs } = useSuspenseQuery({
    ...trpc.jobs.list.queryOptions(),
    refetchInterval: (query) =>
      query.state.data?.some(isJobActive) === true ? BUSY_POLL_MS : IDLE_POLL_MS,
  });
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
          data={jobs}
          getRowId={(job) => job.id}
          rowLabel="job"
          ariaLabel="Jobs"
          rowHref={jobHref}
          filterPlaceholder="Filter by name, kind or state"
          csvName="jobs"
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
