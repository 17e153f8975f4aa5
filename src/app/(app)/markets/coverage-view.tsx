"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { useTableView } from "../use-table-view.ts";
import { COVERAGE_COLUMNS } from "./coverage-columns.tsx";

/** Which prices are here, from when to when, and how complete. */
export function CoverageView() {
  const trpc = useTRPC();
  const { data: series } = useSuspenseQuery(trpc.instruments.list.queryOptions({}));
  const tableView = useTableView({ id: "symbol", desc: false });
  return (
    <>
      <PageHeader
        title="Markets"
        lead="The prices that are here, from when to when, and how complete they are."
        actions={
          <>
            <ButtonLink href="/markets/venue">Live market</ButtonLink>
            <ButtonLink href="/markets/upload" variant="primary">
              Upload prices
            </ButtonLink>
          </>
        }
      />
      <Panel flush>
        <DataTable
          columns={COVERAGE_COLUMNS}
          data={series}
          getRowId={(row) => String(row.seriesId)}
          rowLabel="series"
          rowsLabel="series"
          ariaLabel="Coverage of prices"
          rowHref={(row) => `/markets/${row.seriesId}`}
          filterPlaceholder="Filter by symbol, group or source"
          csvName="coverage"
          emptyState={
            <EmptyState
              title="No prices yet"
              action={
                <ButtonLink href="/markets/upload" variant="primary">
                  Upload prices
                </ButtonLink>
              }
            >
              Prices are bars of open, high, low, close and volume, or closes alone, from CSV files.
            </EmptyState>
          }
          {...tableView}
        />
      </Panel>
    </>
  );
}
