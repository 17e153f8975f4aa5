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
