"use client";

import { lazy, type ReactNode, Suspense, useCallback, useMemo } from "react";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { subjectOf } from "#contracts/books-subject.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportResult, ReportView } from "#contracts/report-view.ts";
import { Button } from "#ui/button.tsx";
import { formatDateUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { type Breadcrumb, PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import type { SettingsWords } from "../../strategies/config-rows.ts";
import { EvidenceStrip } from "./evidence-strip.tsx";
import { reportJsonPath, tradesExportPath } from "./report-exports.ts";
import { ReportMenu, type ReportMenuItem } from "./report-menu.tsx";
import { HeadlineMetrics, OtherMetrics } from "./report-metrics.tsx";
import { ReportSeriesPanel } from "./report-series-panel.tsx";
import type { ReportSource } from "./report-source.ts";
import { DISCLAIMER, FILL_WORDS } from "./report-words.ts";
import { shownBenchmarks, usualBenchmark } from "./shown-benchmarks.ts";
import { shownBook } from "./shown-book.ts";
import { usePrinting } from "./use-printing.ts";
import { useVerification } from "./use-verification.ts";
import { windowAroundTrade, zoomTextOf, zoomWindowOf } from "./zoom-window.ts";

// Its script comes after that of what is in sight; what it shows comes with the page all the same.
const ReportDetails = lazy(async () => ({
  default: (await import("./report-details.tsx")).ReportDetails,
}));

type Props = {
  view: ReportView;
  report: ReportResult;
  settings: SettingsWords;
  source: ReportSource;
  /** What a reader must know of how the report is shown. */
  notice?: ReactNode;
  breadcrumbs?: readonly Breadcrumb[];
  actions?: ReactNode;
  /** Actions of its owner that stand in the menu. */
  menuItems?: readonly ReportMenuItem[];
};

/** A finished backtest, for its owner and, through a link, for anyone: both see the same page. */
export function BacktestReportPage(props: Props) {
  const { view, report, source, notice, breadcrumbs, actions, menuItems = [] } = props;
  const { params, set } = useUrlState();
  const span = params.get("span");
  const trade = params.get("trade");
  const book = params.get("book");
  const instrument = params.get("instrument");
  const bench = params.get("bench");
  const { analysis } = report;
  // The charts draw everything again when one of these is another object.
  const zoom = useMemo(() => zoomWindowOf(span), [span]);
  const shown = useMemo(
    () => shownBook(report, { book, instrument, trade }),
    [report, book, instrument, trade],
  );
  const benchmarks = useMemo(() => {
    const all = analysis?.benchmarks ?? [];
    return shownBenchmarks(bench, all.length, usualBenchmark(all));
  }, [bench, analysis]);
  const { isPrinting, print } = usePrinting();
  const isVerifying = params.get("view") === "manifest";
  const verification = useVerification(source, isVerifying || isPrinting);
  const { config } = view.strategyVersion;
  const hasGlossary = source.kind === "own";

  const showSpan = (window: TimeWindow | null) => {
    set({ span: zoomTextOf(window), trade: null });
    document.getElementById(CHARTS_ID)?.scrollIntoView({ block: "start" });
  };
  const { intervalMs } = config;
  // Memoised because the table of trades is.
  const openTrade = useCallback(
    (index: number) => {
      const opened = report.trades[index];
      if (opened === undefined) return;
      const window = windowAroundTrade(opened, report.trading, intervalMs);
      set({ trade: String(index + 1), book: null, instrument: null, span: zoomTextOf(window) });
      document.getElementById(CHARTS_ID)?.scrollIntoView({ block: "start" });
    },
    [report, intervalMs, set],
  );
  const openView = (id: string) => {
    set({ view: id });
    document.getElementById(DETAILS_ID)?.scrollIntoView({ block: "start" });
  };
  const verify = () => {
    openView("manifest");
    verification.start();
  };

  return (
    <>
      <ReportHeader
        view={view}
        report={report}
        breadcrumbs={breadcrumbs}
        actions={
          <>
            <ReportMenu
              items={[
                { label: "Print / PDF", onSelect: () => void print() },
                { label: "Trades as CSV", download: tradesExportPath(source) },
                { label: "Report as JSON", download: reportJsonPath(source) },
                ...menuItems,
              ]}
            />
            {/* A phone has room for one row of buttons; the menu prints as well. */}
            <Button className="max-sm:hidden" onClick={() => void print()}>
              Print / PDF
            </Button>
            <Button busy={verification.isBusy} onClick={verify}>
              Verify
            </Button>
            {actions}
          </>
        }
      />
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
        {analysis === null ? null : (
          <EvidenceStrip analysis={analysis} onOpen={() => openView("evidence")} />
        )}
        <div id={CHARTS_ID} className="scroll-mt-16">
          <ReportSeriesPanel
            view={view}
            report={report}
            source={source}
            shown={shown}
            benchmarks={benchmarks}
            zoom={zoom}
            onZoom={(window) => set({ span: zoomTextOf(window), trade: null })}
          />
        </div>
        <OtherMetrics report={report} hasGlossary={hasGlossary} />
        {view.notes === null || view.notes === "" ? null : (
          <section aria-label="Notes" className="text-sm">
            <h2 className="font-semibold">Notes</h2>
            <p className="mt-1 max-w-[80ch] whitespace-pre-wrap">{view.notes}</p>
          </section>
        )}
        <div id={DETAILS_ID} className="flex scroll-mt-16 flex-col gap-6">
          {/* A boundary of its own, so that what is in sight comes to life first. */}
          <Suspense>
            <ReportDetails
              view={view}
              report={report}
              settings={props.settings}
              source={source}
              zoom={zoom}
              onZoom={showSpan}
              openedTrade={trade}
              onTradeOpen={openTrade}
              verification={verification}
              isPrinting={isPrinting}
            />
          </Suspense>
        </div>
        <p className="text-center text-[13px] text-muted">{DISCLAIMER}</p>
      </div>
    </>
  );
}

const CHARTS_ID = "report-charts";
const DETAILS_ID = "report-details";

function ReportHeader(props: {
  view: ReportView;
  report: ReportResult;
  breadcrumbs: readonly Breadcrumb[] | undefined;
  actions: ReactNode;
}) {
  const { view, report, breadcrumbs, actions } = props;
  const { config, version } = view.strategyVersion;
  const { startMs, endMs } = report.trading;
  const subject = subjectOf(
    report.books.map(({ instruments }) =>
      instruments.map((place) => ({ symbol: report.instruments[place]?.symbol ?? "" })),
    ),
  );
  const how = report.windows === null ? "traded" : "walked forward";
  return (
    <>
      <PageHeader
        title={`${view.strategyName} v${version}`}
        lead={`${subject}, ${intervalLabel(config.intervalMs)} bars, ${how} from ${formatDateUtc(startMs)} to ${formatDateUtc(endMs)} UTC. ${FILL_WORDS[report.fillConvention]}`}
        breadcrumbs={breadcrumbs}
        badges={view.synthetic ? <SyntheticBadge /> : null}
        actions={actions}
      />
      <p className="-mt-3 mb-6 text-[13px] text-muted">{DISCLAIMER}</p>
    </>
  );
}
