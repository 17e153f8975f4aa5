"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { subjectOf } from "#contracts/books-subject.ts";
import { type OwnReport, unpackedReport } from "#contracts/packed-report.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { isJobActive } from "../../../job-links.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import type { SettingsWords } from "../../strategies/config-rows.ts";
import { BacktestReportPage } from "../report/backtest-report-page.tsx";
import { ReportMenu } from "../report/report-menu.tsx";
import type { ReportSource } from "../report/report-source.ts";
import { BacktestUnderWay } from "./backtest-under-way.tsx";
import { useBacktestActions } from "./use-backtest-actions.tsx";

const POLL_MS = 400;
const BREADCRUMBS = [{ label: "Backtests", href: "/backtests" }];

export function BacktestPageView({ id, settings }: { id: string; settings: SettingsWords }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery({
    ...trpc.backtests.report.queryOptions({ id }),
    // A finished report does not change; tags and notes are asked for again when they do.
    staleTime: (query) => (query.state.data?.report ? Number.POSITIVE_INFINITY : 0),
    refetchInterval: (query) => (isBusy(query.state.data) ? POLL_MS : false),
  });
  // Memoised because the charts draw everything again when the report is another object.
  const report = useMemo(
    () => (view.report === null ? null : unpackedReport(view.report)),
    [view.report],
  );
  const source = useMemo((): ReportSource => ({ kind: "own", id }), [id]);
  const { actions, menuItems } = useBacktestActions(view);
  if (report !== null) {
    return (
      <BacktestReportPage
        view={view}
        report={report}
        settings={settings}
        source={source}
        breadcrumbs={BREADCRUMBS}
        actions={actions}
        menuItems={menuItems}
      />
    );
  }
  return (
    <>
      <PageHeader
        title={`${view.strategyName} v${view.strategyVersion.version}`}
        lead={`${view.plan.kind === "single" ? "Backtest" : "Walk-forward"} on ${subjectOf(view.books)}.`}
        breadcrumbs={BREADCRUMBS}
        badges={view.synthetic ? <SyntheticBadge /> : null}
        actions={
          <>
            <ReportMenu items={menuItems} />
            {actions}
          </>
        }
      />
      <BacktestUnderWay view={view} />
    </>
  );
}

function isBusy(view: OwnReport | undefined): boolean {
  return view !== undefined && view.job !== null && isJobActive(view.job);
}
