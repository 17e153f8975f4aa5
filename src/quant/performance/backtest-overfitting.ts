import { InvalidInputError } from "../invalid-input-error.ts";
import { quantileOfSorted } from "../rolling/quantile-of-sorted.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { simpleOls } from "../stats/ols.ts";
import { requireSeries } from "../stats/require-series.ts";

/** What became of the best trial of one half in the other half, over all ways to cut halves. */
export type BacktestOverfitting = {
  /** Share of the splits in which the winner came out at or below the median of the other half. */
  readonly value: number;
  /** ln(ω / (1 − ω)) of each split, ω the winner's relative rank in the other half. */
  readonly logits: Float64Array;
  readonly meanLogit: number;
  readonly medianLogit: number;
  /** Share of the splits in which the winner lost in the other half. */
  readonly lossProbability: number;
  /** Slope of the winner's Sharpe ratio in the other half on that in its own; null if undefined. */
  readonly degradationSlope: number | null;
  /** Mean Sharpe ratio per bar of the winners in their half and in the other. */
  readonly inSampleSharpe: number;
  readonly outOfSampleSharpe: number;
  /** First bars that are in no block, since blocks are of equal length: T mod S. */
  readonly barsLeftOut: number;
};

/** 184,756 splits. */
const BLOCKS_MAX = 20;

/**
 * Probability of backtest overfitting: how often choosing the best trial chose luck.
 *
 * Combinatorially symmetric cross-validation: the bars are cut into S even blocks; for every choice
 * of S/2 of them the trial n* with the best Sharpe ratio in those is ranked in the others,
 * ω = rank / (N + 1), 1 the worst, ties sharing their mean rank; the value is the share of splits
 * with ω ≤ ½. A trial that does not vary in a half has the Sharpe ratio 0 there.
 *
 * @param trials N ≥ 2 series of T ≥ 2 S simple returns of the same bars; the first T mod S are left
 *   out
 * @param blocks S, an even whole number, 2 … 20; 16 gives 12,870 splits
 * @returns value and logits with their company; see BacktestOverfitting
 * @throws {InvalidInputError} "out-of-range": blocks, or fewer than 2 trials; "length-mismatch",
 *   "too-short", "not-finite"
 *
 * Cost: O(C(S, S/2) · N · S). Convention: rank / (N + 1), where R's pbo has rank / N and so +∞.
 * Source: Bailey, Borwein, López de Prado, Zhu (2017). Checked: golden/performance.json.
 */
export function backtestOverfitting(
  trials: readonly Float64Array[],
  blocks: number,
): BacktestOverfitting {
  requireTrials(trials, blocks);
  const moments = trials.map((returns) => blockMoments(returns, blocks));
  const logits: number[] = [];
  const inSample: number[] = [];
  const outOfSample: number[] = [];
  for (const chosen of halves(blocks)) {
    const own = moments.map((block) => sharpeOf(block, chosen));
    const other = moments.map((block) => sharpeOf(block, ~chosen));
    const winner = own.indexOf(Math.max(...own));
    const share = rankOf(winner, other) / (trials.length + 1);
    logits.push(Math.log(share / (1 - share)));
    inSample.push(own[winner]!);
    outOfSample.push(other[winner]!);
  }
  const ascending = Float64Array.from(logits).sort();
  return {
    value: logits.filter((logit) => logit <= 0).length / logits.length,
    logits: Float64Array.from(logits),
    meanLogit: mean(ascending),
    medianLogit: quantileOfSorted(ascending, 0.5),
    lossProbability: outOfSample.filter((sharpe) => sharpe < 0).length / logits.length,
    degradationSlope: slopeOrNull(Float64Array.from(outOfSample), Float64Array.from(inSample)),
    inSampleSharpe: mean(Float64Array.from(inSample)),
    outOfSampleSharpe: mean(Float64Array.from(outOfSample)),
    barsLeftOut: trials[0]!.length % blocks,
  };
}

function requireTrials(trials: readonly Float64Array[], blocks: number): void {
  if (!(Number.isInteger(blocks) && blocks % 2 === 0 && blocks >= 2 && blocks <= BLOCKS_MAX)) {
    throw new InvalidInputError("out-of-range", `blocks must be even, 2 to ${BLOCKS_MAX}`);
  }
  if (trials.length < 2) {
    throw new InvalidInputError("out-of-range", "there must be at least 2 trials");
  }
  trials.forEach((returns, i) => {
    if (returns.length !== trials[0]!.length) {
      throw new InvalidInputError("length-mismatch", `trial ${i} is not aligned with the first`);
    }
    requireSeries(returns, { name: `trial ${i}`, lengthMin: 2 * blocks });
  });
}

/** Means of the blocks and sums of squares about them; the blocks are of equal length. */
type BlockMoments = {
  readonly length: number;
  readonly means: Float64Array;
  readonly squares: Float64Array;
};

function blockMoments(returns: Float64Array, blocks: number): BlockMoments {
  const length = Math.floor(returns.length / blocks);
  const first = returns.length - length * blocks;
  const means = new Float64Array(blocks);
  const squares = new Float64Array(blocks);
  for (let b = 0; b < blocks; b++) {
    const block = returns.subarray(first + b * length, first + (b + 1) * length);
    const centre = mean(block);
    means[b] = centre;
    for (const value of block) squares[b]! += (value - centre) ** 2;
  }
  return { length, means, squares };
}

/** Sharpe ratio per bar of the blocks whose bit is set. Source: Chan, Golub, LeVeque (1983). */
function sharpeOf({ length, means, squares }: BlockMoments, chosen: number): number {
  let sum = 0;
  let count = 0;
  for (let b = 0; b < means.length; b++) {
    if (((chosen >> b) & 1) === 0) continue;
    sum += means[b]!;
    count++;
  }
  const centre = sum / count;
  let total = 0;
  for (let b = 0; b < means.length; b++) {
    if (((chosen >> b) & 1) === 1) total += squares[b]! + length * (means[b]! - centre) ** 2;
  }
  const n = count * length;
  return isRoundingNoise(total, n, centre) ? 0 : centre / Math.sqrt(total / (n - 1));
}

/** Every choice of half of the blocks as a set of bits. */
function halves(blocks: number): readonly number[] {
  const result: number[] = [];
  for (let chosen = 0; chosen < 2 ** blocks; chosen++) {
    let bits = 0;
    for (let rest = chosen; rest > 0; rest &= rest - 1) bits++;
    if (bits === blocks / 2) result.push(chosen);
  }
  return result;
}

/** 1 for the smallest; equal values share the mean of their ranks. */
function rankOf(index: number, values: readonly number[]): number {
  const own = values[index]!;
  let smaller = 0;
  let equal = 0;
  for (const value of values) {
    if (value < own) smaller++;
    else if (value === own) equal++;
  }
  return smaller + (equal + 1) / 2;
}

function slopeOrNull(y: Float64Array, x: Float64Array): number | null {
  if (x.length < 3) return null;
  try {
    return simpleOls(y, x).slope;
  } catch (error) {
    // All winners alike: no line through one point.
    if (error instanceof InvalidInputError && error.code === "constant") return null;
    throw error;
  }
}
