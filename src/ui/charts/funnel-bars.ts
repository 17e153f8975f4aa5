import { csvRow } from "#contracts/csv-cell.ts";
import type { ScanFunnelSummary, ScanReason, ScanStage } from "#contracts/scan-funnel.ts";

/** One bar of the funnel: the pairs that are left after a stage, and why others are not. */
export type FunnelBar = {
  readonly stage: ScanStage;
  readonly entered: number;
  readonly passed: number;
  /** Share of the pairs that came to the first stage, for the length of the bar. */
  readonly share: number;
  readonly fellOut: number;
  readonly reasons: readonly { readonly reason: ScanReason; readonly count: number }[];
};

/** The bars from the first stage to the last; within one, the commonest reason first. */
export function funnelBars({ steps }: Pick<ScanFunnelSummary, "steps">): FunnelBar[] {
  const first = steps[0]?.entered ?? 0;
  return steps
    .filter(({ stage }) => stage !== "passed")
    .map(({ stage, entered, passed, reasons }) => ({
      stage,
      entered,
      passed,
      share: first === 0 ? 0 : passed / first,
      fellOut: entered - passed,
      reasons: reasons.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
    }));
}

/** How stages and reasons are called. */
export type FunnelLabels = {
  readonly stageLabel: (stage: ScanStage) => string;
  readonly reasonLabel: (reason: ScanReason) => string;
};

/** The funnel as CSV: a line for each reason of each stage, one for a stage at which nothing fell out. */
export function funnelCsv(bars: readonly FunnelBar[], labels: FunnelLabels): string {
  const head = csvRow(["Stage", "Pairs in", "Pairs left", "Share of all", "Reason", "Fell out"]);
  const lines = bars.flatMap(({ stage, entered, passed, share, reasons }) => {
    const start = [labels.stageLabel(stage), entered, passed, share];
    return reasons.length === 0
      ? [csvRow([...start, null, 0])]
      : reasons.map(({ reason, count }) => csvRow([...start, labels.reasonLabel(reason), count]));
  });
  return head + lines.join("");
}
