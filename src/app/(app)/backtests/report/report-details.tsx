"use client";

import type { ReportResult, ReportView } from "#contracts/report-view.ts";
import { Tabs } from "#ui/tabs.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { VersionSettings } from "../../strategies/version-settings.tsx";
import { ManifestPanel } from "./manifest-panel.tsx";
import { CostsPanel, FormationPanel } from "./report-facts.tsx";
import type { ReportSource } from "./report-source.ts";
import { TradesTable } from "./trades-table.tsx";

type Props = {
  view: ReportView;
  report: ReportResult;
  source: ReportSource;
  /** Number of the trade that was opened, as the address has it. */
  openedTrade: string | null;
  onTradeOpen: (index: number) => void;
};

/** What stands behind the figures and charts. */
export function ReportDetails({ view, report, source, openedTrade, onTradeOpen }: Props) {
  const { params, set } = useUrlState();
  return (
    <Tabs
      ariaLabel="Details of the report"
      value={params.get("view") ?? "trades"}
      onValueChange={(id) => set({ view: id === "trades" ? null : id })}
      tabs={[
        {
          id: "trades",
          label: "Trades",
          count: report.trades.length,
          content: (
            <TradesTable
              trades={report.trades}
              source={source}
              openedTrade={openedTrade}
              onOpen={onTradeOpen}
            />
          ),
        },
        {
          id: "costs",
          label: "Costs and formation",
          content: (
            <div className="grid items-start gap-6 lg:grid-cols-2">
              <CostsPanel report={report} legs={view.strategyVersion} />
              <FormationPanel report={report} />
            </div>
          ),
        },
        {
          id: "settings",
          label: "Settings",
          content: <VersionSettings version={view.strategyVersion} />,
        },
        {
          id: "manifest",
          label: "Manifest",
          content: <ManifestPanel manifest={report.manifest} durationMs={report.durationMs} />,
        },
      ]}
    />
  );
}
