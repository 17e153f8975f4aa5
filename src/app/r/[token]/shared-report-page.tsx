"use client";

import { Suspense } from "react";
import { SHARED_INITIAL_EQUITY, type SharedReport } from "#contracts/report-view.ts";
import { Notice } from "#ui/notice.tsx";
import { BacktestReportPage } from "../../(app)/backtests/report/backtest-report-page.tsx";
import { CopySettings } from "./copy-settings.tsx";

type Props = { view: SharedReport; token: string; isSignedIn: boolean };

/** The report comes with the page and is not asked for again: every opening of a link is counted. */
export function SharedReportPage({ view, token, isSignedIn }: Props) {
  return (
    <Suspense>
      <BacktestReportPage
        view={view}
        report={view.report}
        source={{ kind: "link", token }}
        notice={
          view.sizesShown ? null : (
            <SizesNotice isRounded={view.strategyVersion.config.costs.lots === "venue"} />
          )
        }
        actions={
          view.copyable === null ? null : (
            <CopySettings copyable={view.copyable} isSignedIn={isSignedIn} />
          )
        }
      />
    </Suspense>
  );
}

function SizesNotice({ isRounded }: { isRounded: boolean }) {
  return (
    <Notice tone="neutral" title="Sizes are not shared">
      All money is scaled so that the initial equity is {SHARED_INITIAL_EQUITY}; notional and
      quantities are left out.{" "}
      {isRounded
        ? "Figures are rounded, prices and times are as they are."
        : "Returns, ratios and times are as they are."}
    </Notice>
  );
}
