import type { CostAttribution } from "#contracts/backtest.ts";

export type CostStep = {
  readonly label: string;
  /** What it adds to the profit, quote currency. */
  readonly value: number;
  /** From where to where the bar reaches; a total starts at 0. */
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
};

/**
 * From what the prices alone would have made to what was left. The gross profit has slippage in it
 * already, so the first step takes it out again: before slippage, slippage, fees, and so on.
 */
export function costSteps(costs: CostAttribution): CostStep[] {
  const before = costs.grossPnl + costs.slippage;
  const changes: readonly (readonly [string, number])[] = [
    ["Slippage", -costs.slippage],
    ["Fees", -costs.fees],
    ["Funding", costs.funding],
    ["Borrow", -costs.borrow],
    ["Dividends", costs.dividends],
    ["Liquidation", -costs.liquidationFees],
  ];
  const steps: CostStep[] = [
    { label: "Before costs", value: before, from: 0, to: before, isTotal: true },
  ];
  let at = before;
  for (const [label, value] of changes) {
    if (value === 0) continue;
    steps.push({ label, value, from: at, to: at + value, isTotal: false });
    at += value;
  }
  return [
    ...steps,
    { label: "Net", value: costs.netPnl, from: 0, to: costs.netPnl, isTotal: true },
  ];
}
