import type { TrialColumns } from "./trial-columns.ts";

/**
 * What is kept of the trials on a span of data for whoever tries again on the same data: how many there
 * were, and mean and sum of squares of the Sharpe ratios per bar of those that had one.
 */
export type TrialMemory = {
  readonly trials: number;
  /** Trials with a Sharpe ratio. */
  readonly measured: number;
  readonly sharpeMean: number;
  /** Σ (Sharpe − mean)². */
  readonly sharpeSquares: number;
};

/** Nothing has been tried on the data. */
export const NO_TRIALS: TrialMemory = {
  trials: 0,
  measured: 0,
  sharpeMean: 0,
  sharpeSquares: 0,
};

/**
 * Memory of a search.
 *
 * @param columns its trials
 * @param trials how many were run
 * @param periodsPerYear by which their Sharpe ratios were annualised
 */
export function trialMemory(
  columns: TrialColumns,
  trials: number,
  periodsPerYear: number,
): TrialMemory {
  const { sharpeRatio } = columns.figures;
  const yearly = Math.sqrt(periodsPerYear);
  let measured = 0;
  let sharpeMean = 0;
  let sharpeSquares = 0;
  for (let row = 0; row < trials; row++) {
    const sharpe = sharpeRatio[row]! / yearly;
    if (Number.isNaN(sharpe)) continue;
    measured++;
    const change = sharpe - sharpeMean;
    sharpeMean += change / measured;
    sharpeSquares += change * (sharpe - sharpeMean);
  }
  return { trials, measured, sharpeMean, sharpeSquares };
}

/**
 * Memory of two searches on the same data together.
 *
 * Source: Chan, Golub, LeVeque (1983), pairwise update.
 */
export function joinTrialMemories(first: TrialMemory, second: TrialMemory): TrialMemory {
  const measured = first.measured + second.measured;
  const share = measured === 0 ? 0 : second.measured / measured;
  const change = second.sharpeMean - first.sharpeMean;
  return {
    trials: first.trials + second.trials,
    measured,
    sharpeMean: first.sharpeMean + change * share,
    sharpeSquares:
      first.sharpeSquares + second.sharpeSquares + change * change * share * first.measured,
  };
}
