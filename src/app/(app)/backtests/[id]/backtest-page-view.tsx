"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { BacktestView } from "#contracts/backtest.ts";
import { subjectOf } from "#contracts/books-subject.ts";
import { ownReportResult, ownReportView } from "#contracts/report-settings.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { isJobActive } from "../../../job-links.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { BacktestReportPage } from "../report/backtest-report-page.tsx";
import { ReportMenu } from "../report/report-menu.tsx";
import { BacktestUnderWay } from "./backtest-under-way.tsx";
import { useBacktestActions } from "./use-backtest-actions.tsx";

const POLL_MS = 400;
const BREADCRUMBS = [{ label: "Backtests", href: "/backtests" }];

export function BacktestPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery({
    ...trpc.backtests.get.queryOptions({ id }),
    refetchInterval: (query) => (isBusy(query.state.data) ? POLL_MS : false),
  });
  // Memoised because the charts draw everything again when the report is another object.
  const shown = useMemo(
    () =>
      view.report === null
        ? null
        : { view: ownReportView(view), report: ownReportResult(view.report) },
    [view],
  );
  const { actions, menuItems } = useBacktestActions(view);
  if (shown !== null) {
    return (
      <BacktestReportPage
        view={shown.view}
        report={shown.report}
        source={{ kind: "own", id }}
        breadcrumbs={BREADCRUMBS}
        actions={actions}
        menuItems={menuItems}
      />
    );
  }
  const { version, books } = view.strategyVersion;
  return (
    <>
      <PageHeader
        title={`${view.strategyName} v${version}`}
        lead={`${view.plan.kind === "single" ? "Backtest" : "Walk-forward"} on ${subjectOf(books)}.`}
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

function isBusy(view: BacktestView | undefined): boolean {
  return view !== undefined && view.job !== null && isJobActive(view.job);
}
