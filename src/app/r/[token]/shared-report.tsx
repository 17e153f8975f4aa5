"use client";

import { Suspense } from "react";
import type { BacktestReport, BacktestView } from "#contracts/backtest.ts";
import { BacktestReportPage } from "../../(app)/backtests/report/backtest-report-page.tsx";

type Props = { view: BacktestView; report: BacktestReport; token: string };

/** The report comes with the page and is not asked for again: every opening of a link is counted. */
export function SharedReport({ view, report, token }: Props) {
  return (
    <Suspense>
      <BacktestReportPage view={view} report={report} source={{ kind: "link", token }} />
    </Suspense>
  );
}
