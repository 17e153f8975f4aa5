import { InvalidInputError } from "../invalid-input-error.ts";
import { answered } from "../pair-analysis/answered.ts";
import type { BacktestOverfitting } from "../performance/backtest-overfitting.ts";
import { quantileOfSorted } from "../rolling/quantile-of-sorted.ts";
import { mean } from "../stats/mean.ts";
import { simpleOls } from "../stats/ols.ts";
import { createHalfScores, type HalfScores, scoreTrial, type TrialBlocks } from "./half-scores.ts";

/**
 * Probability of backtest overfitting of very many trials: backtestOverfitting, from moments of blocks
 * instead of returns.
 *
 * One pass finds the best trial of every half, another ranks it in the half that is left.
 *
 * @param columns moments of the blocks, as trials have them
 * @param trials how many, ≥ 2
 * @returns see BacktestOverfitting
 * @throws {InvalidInputError} "out-of-range": fewer than 2 trials; "too-short": no blocks
 *
 * Cost: O(C(S, S/2) · N) in time, O(C(S, S/2)) in memory. Convention and source: backtestOverfitting.
 * Checked: against it in the test.
 */
export function blockOverfitting(columns: TrialBlocks, trials: number): BacktestOverfitting {
  const { blocks } = columns;
  if (trials < 2) {
    throw new InvalidInputError("out-of-range", "there must be at least 2 trials");
  }
  if (blocks.count < 2) {
    throw new InvalidInputError("too-short", "there must be two blocks of two returns");
  }
  const scores = createHalfScores(columns);
  const { winner, inSample } = winnersOf(scores, trials);
  const outOfSample = winnersElsewhere(scores, winner);
  const ranks = ranksOf(scores, outOfSample, trials);
  const logits = ranks.map((rank) => {
    const share = rank / (trials + 1);
    return Math.log(share / (1 - share));
  });
  const ascending = logits.slice().sort();
  const bars = (blocks.count / 2) * blocks.length;
  const sharpeOf = (score: number): number =>
    Math.sign(score) * Math.sqrt(Math.abs(score) * (bars - 1));
  const own = inSample.map(sharpeOf);
  const other = outOfSample.map(sharpeOf);
  return {
    value: logits.filter((logit) => logit <= 0).length / logits.length,
    logits,
    meanLogit: mean(ascending),
    medianLogit: quantileOfSorted(ascending, 0.5),
    lossProbability: other.filter((sharpe) => sharpe < 0).length / logits.length,
    // All winners alike: no line through one point.
    degradationSlope:
      own.length < 3 ? null : (answered(() => simpleOls(other, own)).value?.slope ?? null),
    inSampleSharpe: mean(own),
    outOfSampleSharpe: mean(other),
    barsLeftOut: blocks.first,
  };
}

/** The best trial of every half, the first of equals, and its score there. */
function winnersOf(
  scores: HalfScores,
  trials: number,
): { readonly winner: Int32Array; readonly inSample: Float64Array } {
  const { ofHalf } = scores;
  const winner = new Int32Array(ofHalf.length);
  const inSample = new Float64Array(ofHalf.length).fill(Number.NEGATIVE_INFINITY);
  for (let trial = 0; trial < trials; trial++) {
    scoreTrial(scores, trial);
    for (let half = 0; half < ofHalf.length; half++) {
      const score = ofHalf[half]!;
      if (score <= inSample[half]!) continue;
      inSample[half] = score;
      winner[half] = trial;
    }
  }
  return { winner, inSample };
}

/** What the winner of every half made of the other one. */
function winnersElsewhere(scores: HalfScores, winner: Int32Array): Float64Array {
  const { ofHalf } = scores;
  const last = ofHalf.length - 1;
  const elsewhere = new Float64Array(ofHalf.length);
  const halves = Int32Array.from(winner, (_, half) => half);
  halves.sort((a, b) => winner[a]! - winner[b]!);
  let scored = -1;
  for (const half of halves) {
    const trial = winner[half]!;
    if (trial !== scored) scoreTrial(scores, trial);
    scored = trial;
    elsewhere[half] = ofHalf[last - half]!;
  }
  return elsewhere;
}

/** Ranks of scores among all trials in the other half, 1 the worst; equal ones share their mean rank. */
function ranksOf(scores: HalfScores, outOfSample: Float64Array, trials: number): Float64Array {
  const { ofHalf } = scores;
  const last = ofHalf.length - 1;
  // A score is equal to itself, which counts one half below.
  const ranks = new Float64Array(ofHalf.length).fill(0.5);
  for (let trial = 0; trial < trials; trial++) {
    scoreTrial(scores, trial);
    for (let half = 0; half < ofHalf.length; half++) {
      const score = ofHalf[last - half]!;
      const wanted = outOfSample[half]!;
      if (score < wanted) ranks[half]! += 1;
      else if (score === wanted) ranks[half]! += 0.5;
    }
  }
  return ranks;
}
