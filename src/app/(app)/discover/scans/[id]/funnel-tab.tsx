import type { ScanFunnelSummary } from "#contracts/scan-funnel.ts";
import { type FunnelLabels, funnelBars, funnelCsv } from "#ui/charts/funnel-bars.ts";
import { FunnelChart } from "#ui/charts/funnel-chart.tsx";
import { CsvButton } from "#ui/csv-button.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { BaselinesPanel } from "./baselines-panel.tsx";
import { REASONS, STAGES } from "./funnel-words.ts";

const LABELS: FunnelLabels = {
  stageLabel: (stage) => STAGES[stage].label,
  reasonLabel: (reason) => REASONS[reason],
};

/** From all pairs of the universe to those that are left, with what fell out where and why. */
export function FunnelTab(props: { scanId: string; funnel: ScanFunnelSummary; csvName: string }) {
  const { scanId, funnel, csvName } = props;
  const allPairs = funnel.steps[0]?.entered ?? 0;
  return (
    <div className="flex flex-col gap-6">
      <Panel
        title="From all pairs to those that passed"
        lead={`${formatInteger(allPairs)} pairs of ${formatInteger(funnel.instrumentCount)} instruments came in, ${formatInteger(funnel.candidateCount)} were candidates, ${formatInteger(funnel.passedCount)} passed everything. A pair falls out at the first stage that it does not pass.`}
        actions={<CsvButton name={csvName} csv={() => funnelCsv(funnelBars(funnel), LABELS)} />}
        flush
      >
        <FunnelChart funnel={funnel} {...LABELS} stageHelp={(stage) => STAGES[stage].help} />
      </Panel>
      {funnel.baselines?.map((baseline) => (
        <BaselinesPanel key={baseline.kind} scanId={scanId} baseline={baseline} csvName={csvName} />
      ))}
    </div>
  );
}
