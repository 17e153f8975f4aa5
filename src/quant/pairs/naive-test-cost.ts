import { cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { createRandom, type Random } from "../synthetic/random.ts";
import { naivePValue } from "./naive-p-value.ts";

/** Shares of independent random walks that each test takes for a cointegrated pair, in [0, 1]. */
export type NaiveTestCost = {
  /** ADF on the residual of y on x, as if it had not been fitted. */
  readonly naiveOneDirection: number;
  /** The same in the better of both directions. */
  readonly naiveBetterOfTwo: number;
  /** Engle–Granger of y on x. */
  readonly engleGrangerOneDirection: number;
  /** Engle–Granger in the better of both directions, without correction for the choice. */
  readonly engleGrangerBetterOfTwo: number;
  /** Engle–Granger in both directions with the calibrated combined p-value. */
  readonly combined: number;
};

/**
 * What a naive test costs: how many pairs of walks that have nothing in common it calls cointegrated.
 *
 * @param options.pairs how many independent pairs of Gaussian random walks, ≥ 1
 * @param options.bars their length, ≥ 30
 * @param options.significance nominal level, the share that an honest test passes
 * @param options.seed whole number in [0, 2³²); the same seed gives the same shares
 * @returns shares; see NaiveTestCost
 * @throws {InvalidInputError} "out-of-range": no pairs; "too-short": fewer than 30 bars
 *
 * Cost: O(pairs · bars · lags²). Source: Phillips and Ouliaris (1990) on the law of the residual.
 */
export function naiveTestCost(options: {
  readonly pairs: number;
  readonly bars: number;
  readonly significance: number;
  readonly seed: number;
}): NaiveTestCost {
  const { pairs, bars, significance, seed } = options;
  if (!(Number.isInteger(pairs) && pairs >= 1)) {
    throw new InvalidInputError("out-of-range", "pairs must be a whole number of at least 1");
  }
  const random = createRandom(seed, bars);
  const counts = { naiveOne: 0, naiveBetter: 0, one: 0, better: 0, combined: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const y = randomWalk(random, bars);
    const x = randomWalk(random, bars);
    const { aOnB, bOnA, combinedPValue } = cointegratedPair(y, x);
    const naive = naivePValue(y, x);
    const isBelow = (pValue: number) => (pValue < significance ? 1 : 0);
    counts.naiveOne += isBelow(naive);
    counts.naiveBetter += isBelow(Math.min(naive, naivePValue(x, y)));
    counts.one += isBelow(aOnB.pValue);
    counts.better += isBelow(Math.min(aOnB.pValue, bOnA.pValue));
    counts.combined += isBelow(combinedPValue);
  }
  return {
    naiveOneDirection: counts.naiveOne / pairs,
    naiveBetterOfTwo: counts.naiveBetter / pairs,
    engleGrangerOneDirection: counts.one / pairs,
    engleGrangerBetterOfTwo: counts.better / pairs,
    combined: counts.combined / pairs,
  };
}

function randomWalk({ gaussian }: Random, bars: number): Float64Array {
  let level = 0;
  return Float64Array.from({ length: bars }, () => {
    level += gaussian();
    return level;
  });
}
