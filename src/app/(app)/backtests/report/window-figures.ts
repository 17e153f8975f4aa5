import type { MetricName, WindowResult } from "#contracts/backtest.ts";

/** Figures by which in sample and out of sample are compared. */
export const COMPARED_FIGURES = [
  "sharpeRatio",
  "annualisedReturn",
  "drawdownMax",
] as const satisfies readonly MetricName[];
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

export type Slope = {
  readonly window: number;
  readonly inSample: number;
  readonly outOfSample: number;
};

/** Both values of a figure in every window that has both. */
export function slopesOf(windows: readonly WindowResult[], figure: ComparedFigure): Slope[] {
  return windows.flatMap(({ inSample, outOfSample }, window) => {
    const before = inSample[figure].value;
    const after = outOfSample[figure].value;
    return before === null || after === null
      ? []
      : [{ window, inSample: before, outOfSample: after }];
  });
}

/** The middle value of each side; null without a window that has both. */
export function medianSlope(
  slopes: readonly Slope[],
): Pick<Slope, "inSample" | "outOfSample"> | null {
  const inSample = median(slopes.map((one) => one.inSample));
  const outOfSample = median(slopes.map((one) => one.outOfSample));
  return inSample === null || outOfSample === null ? null : { inSample, outOfSample };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The profit of a window: the sum of its pairs'. */
export function windowProfit({ pairs }: Pick<WindowResult, "pairs">): number {
  return pairs.reduce((sum, { netPnl }) => sum + netPnl, 0);
}
