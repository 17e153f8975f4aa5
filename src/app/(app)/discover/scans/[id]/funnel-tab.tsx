import type { ScanFunnelSummary } from "#contracts/scan-funnel.ts";
import { FunnelChart } from "#ui/charts/funnel-chart.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { REASONS, STAGES } from "./funnel-words.ts";

/** From all pairs of the universe to those that are left, with what fell out where and why. */
export function FunnelTab({ funnel }: { funnel: ScanFunnelSummary }) {
  const allPairs = funnel.steps[0]?.entered ?? 0;
  return (
    <Panel
      title="From all pairs to those that passed"
      lead={`${formatInteger(allPairs)} pairs of ${formatInteger(funnel.instrumentCount)} instruments came in, ${formatInteger(funnel.candidateCount)} were tested as candidates, ${formatInteger(funnel.passedCount)} passed everything. A pair falls out at the first stage that it does not pass.`}
      flush
    >
      <FunnelChart
        funnel={funnel}
        stageLabel={(stage) => STAGES[stage].label}
        stageHelp={(stage) => STAGES[stage].help}
        reasonLabel={(reason) => REASONS[reason]}
      />
    </Panel>
  );
}
