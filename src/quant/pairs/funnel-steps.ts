/** One step of a funnel: how many came to it, how many went on, and what fell out for which reason. */
export type FunnelStep<Stage, Reason> = {
  readonly stage: Stage;
  readonly entered: number;
  readonly passed: number;
  readonly reasons: readonly { readonly reason: Reason; readonly count: number }[];
};

/** Things that fell out together. */
export type Fallen<Stage, Reason> = {
  readonly stage: Stage;
  readonly reason: Reason;
  readonly count: number;
};

/**
 * Steps of a funnel: counts by stage from what fell out where.
 *
 * @param total how many came in
 * @param fallen counts by stage and reason, the same one any number of times; every stage among stages
 * @param stages in their order
 * @returns one step a stage; what enters a step is what passed the one before
 *
 * Cost: O(stages · fallen).
 */
export function funnelSteps<Stage, Reason>(
  total: number,
  fallen: readonly Fallen<Stage, Reason>[],
  stages: readonly Stage[],
): FunnelStep<Stage, Reason>[] {
  let entered = total;
  return stages.map((stage) => {
    const counts = new Map<Reason, number>();
    for (const one of fallen) {
      if (one.stage !== stage || one.count === 0) continue;
      counts.set(one.reason, (counts.get(one.reason) ?? 0) + one.count);
    }
    const reasons = [...counts]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count);
    const passed = entered - reasons.reduce((sum, { count }) => sum + count, 0);
    const step = { stage, entered, passed, reasons };
    entered = passed;
    return step;
  });
}
