"use client";

import { type ReactNode, useMemo } from "react";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { ReportResult, ReportView } from "#contracts/report-view.ts";
import { formatDateUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { type Breadcrumb, PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { ReportDetails } from "./report-details.tsx";
import { HeadlineMetrics, OtherMetrics } from "./report-metrics.tsx";
import { ReportSeriesPanel } from "./report-series-panel.tsx";
import type { ReportSource } from "./report-source.ts";
import { DISCLAIMER, FILL_WORDS } from "./report-words.ts";
import { windowAroundTrade, zoomTextOf, zoomWindowOf } from "./zoom-window.ts";

type Props = {
  view: ReportView;
  report: ReportResult;
  source: ReportSource;
  /** What a reader must know of how the report is shown. */
  notice?: ReactNode;
  breadcrumbs?: readonly Breadcrumb[];
  actions?: ReactNode;
};

/** A finished backtest, for its owner and, through a link, for anyone: both see the same page. */
export function BacktestReportPage({ view, report, source, notice, breadcrumbs, actions }: Props) {
  const { params, set } = useUrlState();
  const span = params.get("span");
  // The charts draw everything again when the span is another object.
  const zoom = useMemo(() => zoomWindowOf(span), [span]);
  const { config } = view.strategyVersion;
  const hasGlossary = source.kind === "own";

  const openTrade = (index: number) => {
    const trade = report.trades[index];
    if (trade === undefined) return;
    const window = windowAroundTrade(trade, report.trading, config.intervalMs);
    set({ trade: String(index + 1), span: zoomTextOf(window) });
    document.getElementById(CHARTS_ID)?.scrollIntoView({ block: "start" });
  };

  return (
    <>
      <ReportHeader view={view} report={report} breadcrumbs={breadcrumbs} actions={actions} />
      <div className="flex flex-col gap-6">
        {notice}
        {report.warnings.length === 0 ? null : (
          <Notice tone="warn" title="Read this first">
            <ul className="list-disc pl-4">
              {report.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Notice>
        )}
        <HeadlineMetrics report={report} hasGlossary={hasGlossary} />
        <div id={CHARTS_ID} className="scroll-mt-16">
          <ReportSeriesPanel
            view={view}
            trades={report.trades}
            source={source}
            zoom={zoom}
            onZoom={(window) => set({ span: zoomTextOf(window), trade: null })}
          />
        </div>
        <OtherMetrics report={report} hasGlossary={hasGlossary} />
        <ReportDetails
          view={view}
          report={report}
          source={source}
          openedTrade={params.get("trade")}
          onTradeOpen={openTrade}
        />
        <p className="text-center text-[13px] text-muted">{DISCLAIMER}</p>
      </div>
    </>
  );
}

const CHARTS_ID = "report-charts";

function ReportHeader(props: {
  view: ReportView;
  report: ReportResult;
  breadcrumbs: readonly Breadcrumb[] | undefined;
  actions: ReactNode;
}) {
  const { view, report, breadcrumbs, actions } = props;
  const { legY, legX, config, version } = view.strategyVersion;
  const { startMs, endMs } = report.trading;
  return (
    <>
      <PageHeader
        title={`${view.strategyName} v${version}`}
        lead={`${legY.symbol} / ${legX.symbol}, ${intervalLabel(config.intervalMs)} bars, traded from ${formatDateUtc(startMs)} to ${formatDateUtc(endMs)} UTC. ${FILL_WORDS[report.fillConvention]}`}
        breadcrumbs={breadcrumbs}
        badges={view.synthetic ? <SyntheticBadge /> : null}
        actions={actions}
      />
      <p className="-mt-3 mb-6 text-[13px] text-muted">{DISCLAIMER}</p>
    </>
  );
}
