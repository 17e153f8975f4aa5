"use client";

import type { ReactNode } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportResult, ReportView } from "#contracts/report-view.ts";
import { Notice } from "#ui/notice.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import type { SettingsWords } from "../../strategies/config-rows.ts";
import { SettingsGroups } from "../../strategies/settings-groups.tsx";
import { BenchmarksPanel } from "./benchmarks-panel.tsx";
import { CostsPanel, LegCostsPanel } from "./costs-panel.tsx";
import { DrawdownsPanel } from "./drawdowns-panel.tsx";
import {
  EvidencePanel,
  LookAheadPanel,
  RefusalsPanel,
  windowAroundBar,
} from "./evidence-panels.tsx";
import { FormationPanel } from "./formation-panel.tsx";
import { ManifestPanel } from "./manifest-panel.tsx";
import { MonthsPanel } from "./months-panel.tsx";
import { PrintedTrades } from "./printed-trades.tsx";
import type { ReportSource } from "./report-source.ts";
import { RiskPanel } from "./risk-panel.tsx";
import { TradeHistogram } from "./trade-histogram.tsx";
import { TradesTable } from "./trades-table.tsx";
import type { VerificationState } from "./use-verification.ts";
import { VerifyPanel } from "./verify-panel.tsx";
import { WalkForwardPanel } from "./walk-forward-panel.tsx";

type Props = {
  view: ReportView;
  report: ReportResult;
  settings: SettingsWords;
  source: ReportSource;
  zoom: TimeWindow | null;
  onZoom: (window: TimeWindow | null) => void;
  /** Number of the trade that was opened, as the address has it. */
  openedTrade: string | null;
  onTradeOpen: (index: number) => void;
  verification: VerificationState;
  isPrinting: boolean;
};

/** What stands behind the figures and charts: by tabs on a screen, one below the other on paper. */
export function ReportDetails(props: Props) {
  const { params, set } = useUrlState();
  const sections = sectionsOf(props);
  if (props.isPrinting) {
    return sections.map(({ id, label, content }) => (
      <section key={id} aria-label={label} className="flex flex-col gap-6">
        {content}
      </section>
    ));
  }
  const first = sections[0]?.id ?? "trades";
  return (
    <Tabs
      ariaLabel="Details of the report"
      value={params.get("view") ?? first}
      onValueChange={(id) => set({ view: id === first ? null : id })}
      tabs={sections}
    />
  );
}

type Section = { id: string; label: string; count?: number | undefined; content: ReactNode };

function sectionsOf(props: Props): Section[] {
  const { report, isPrinting } = props;
  const { windows } = report;
  const trades: Section = {
    id: "trades",
    label: "Trades",
    count: report.trades.length,
    content: isPrinting ? (
      <PrintedTrades report={report} />
    ) : (
      <TradesTable
        report={report}
        source={props.source}
        openedTrade={props.openedTrade}
        onOpen={props.onTradeOpen}
      />
    ),
  };
  const walkForward: Section[] =
    windows === null
      ? []
      : [
          {
            id: "windows",
            label: "Walk-forward",
            count: windows.length,
            content: (
              <WalkForwardPanel
                plan={props.view.plan}
                view={props.view}
                report={report}
                source={props.source}
                windows={windows}
                isPrinting={isPrinting}
                onShow={props.onZoom}
              />
            ),
          },
        ];
  return [
    ...walkForward,
    trades,
    { id: "returns", label: "Returns", content: <Returns {...props} /> },
    {
      id: "costs",
      label: "Costs",
      content: (
        <div className="grid items-start gap-6 lg:grid-cols-2 print:grid-cols-1">
          <CostsPanel report={report} />
          <LegCostsPanel report={report} />
          <FormationPanel report={report} />
        </div>
      ),
    },
    { id: "evidence", label: "Evidence", content: <Evidence {...props} /> },
    { id: "settings", label: "Settings", content: <SettingsGroups {...props.settings} /> },
    {
      id: "manifest",
      label: "Manifest and verification",
      content: (
        <div className="grid items-start gap-6 lg:grid-cols-2 print:grid-cols-1">
          <ManifestPanel
            manifest={report.manifest}
            analysis={report.analysis}
            durationMs={report.durationMs}
          />
          <VerifyPanel state={props.verification} />
        </div>
      ),
    },
  ];
}

function Returns({ view, report, source, zoom, onZoom }: Props) {
  const { analysis } = report;
  if (analysis === null) return <OlderReport />;
  return (
    <div className="flex flex-col gap-6">
      <MonthsPanel months={analysis.months} />
      <RiskPanel view={view} analysis={analysis} source={source} zoom={zoom} onZoom={onZoom} />
      <BenchmarksPanel analysis={analysis} report={report} hasGlossary={source.kind === "own"} />
      <div className="grid items-start gap-6 xl:grid-cols-[2fr_3fr] print:grid-cols-1">
        <TradeHistogram profits={analysis.tradeProfits} />
        <DrawdownsPanel
          drawdowns={analysis.drawdowns}
          onShow={({ startMs, endMs }) => onZoom({ startMs, endMs: endMs ?? report.trading.endMs })}
        />
      </div>
    </div>
  );
}

function Evidence({ view, report, source, onZoom }: Props) {
  const { analysis } = report;
  if (analysis === null) {
    return (
      <div className="flex flex-col gap-6">
        <OlderReport />
        <RefusalsPanel report={report} />
      </div>
    );
  }
  const { intervalMs } = view.strategyVersion.config;
  return (
    <div className="flex flex-col gap-6">
      <EvidencePanel analysis={analysis} report={report} hasGlossary={source.kind === "own"} />
      <div className="grid items-start gap-6 lg:grid-cols-2 print:grid-cols-1">
        <LookAheadPanel
          analysis={analysis}
          onShowBar={(timeMs) => onZoom(windowAroundBar(timeMs, report.trading, intervalMs))}
        />
        <RefusalsPanel report={report} />
      </div>
    </div>
  );
}

function OlderReport() {
  return (
    <Notice tone="neutral" title="This report is from before these were computed">
      Its figures, trades and charts are complete as far as they go. Run the strategy again for
      monthly returns, benchmarks, evidence and the look-ahead proof.
    </Notice>
  );
}
