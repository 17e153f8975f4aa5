"use client";

import { Suspense, useMemo } from "react";
import { type PackedReport, unpackedReport } from "#contracts/packed-report.ts";
import { SHARED_INITIAL_EQUITY, type SharedReport } from "#contracts/report-view.ts";
import { Notice } from "#ui/notice.tsx";
import { BacktestReportPage } from "../../(app)/backtests/report/backtest-report-page.tsx";
import type { ReportSource } from "../../(app)/backtests/report/report-source.ts";
import type { SettingsWords } from "../../(app)/strategies/config-rows.ts";
import { CopySettings } from "./copy-settings.tsx";

type Props = {
  view: Omit<SharedReport, "report"> & { readonly report: PackedReport };
  settings: SettingsWords;
  token: string;
  isSignedIn: boolean;
};

/** The report comes with the page and is not asked for again: every opening of a link is counted. */
export function SharedReportPage({ view, settings, token, isSignedIn }: Props) {
  // Memoised because the charts draw everything again when the report is another object.
  const report = useMemo(() => unpackedReport(view.report), [view.report]);
  const source = useMemo((): ReportSource => ({ kind: "link", token }), [token]);
  return (
    <Suspense>
      <BacktestReportPage
        view={view}
        report={report}
        settings={settings}
        source={source}
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
