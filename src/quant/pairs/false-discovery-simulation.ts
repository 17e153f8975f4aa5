import { cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { benjaminiYekutieli } from "../multiple-testing/benjamini-yekutieli.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { createRandom, type Random } from "../synthetic/random.ts";
import { naivePValue } from "./naive-p-value.ts";

/** What one way of choosing pairs brings, on average over universes. */
export type DiscoveryRates = {
  /** Pairs chosen in a universe. */
  readonly chosen: number;
  /** Share of the chosen that are false, 0 where none is chosen, in [0, 1]. */
  readonly falseShare: number;
  /** Share of the true pairs that are chosen, in [0, 1]. */
  readonly power: number;
};

/** Four ways of choosing, from the careless to the most careful. */
export type FalseDiscoverySimulation = {
  /** Better of both naive p-values below the level. */
  readonly naive: DiscoveryRates;
  /** Combined p-value below the level, no correction. */
  readonly combined: DiscoveryRates;
  readonly benjaminiHochberg: DiscoveryRates;
  readonly benjaminiYekutieli: DiscoveryRates;
};

/** A universe of random walks, some of which come in cointegrated pairs. */
export type SimulatedUniverse = {
  readonly universes: number;
  readonly bars: number;
  /** Cointegrated pairs, two series each; nothing joins one pair to another. */
  readonly truePairs: number;
  /** Series that belong to nobody. */
  readonly looseSeries: number;
  /** AR(1) coefficient of the spread of a true pair, in [0, 1). */
  readonly persistence: number;
  readonly level: number;
  /** Whole number in [0, 2³²). */
  readonly seed: number;
};

/**
 * False discoveries: how many of the pairs that a scan of a universe finds are none.
 *
 * All pairs of all series are tested, so that the p-values depend on each other as in a real scan. A
 * true pair is a Gaussian walk x and 2 x + AR(1) noise of unit innovations.
 *
 * @param universe see SimulatedUniverse
 * @returns rates by way of choosing
 * @throws {InvalidInputError} "out-of-range": nothing to simulate
 *
 * Cost: O(universes · series² · bars · lags²). Source: Benjamini and Hochberg (1995), Benjamini and
 * Yekutieli (2001).
 */
export function falseDiscoverySimulation(universe: SimulatedUniverse): FalseDiscoverySimulation {
  const { universes, truePairs, looseSeries, seed, bars, level } = universe;
  if (!(universes >= 1 && 2 * truePairs + looseSeries >= 2)) {
    throw new InvalidInputError("out-of-range", "a simulation needs a universe of two series");
  }
  const random = createRandom(seed, bars);
  const ways = ["naive", "combined", "benjaminiHochberg", "benjaminiYekutieli"] as const;
  const sums = ways.map(() => ({ chosen: 0, falseShare: 0, power: 0 }));
  for (let round = 0; round < universes; round++) {
    const { naive, combined, isTrue } = testedUniverse(random, universe);
    const chosenBy = [naive, combined, benjaminiHochberg(combined), benjaminiYekutieli(combined)];
    for (const [way, values] of chosenBy.entries()) {
      const chosen = isTrue.filter((_, i) => values[i]! < level);
      const right = chosen.filter(Boolean).length;
      const sum = sums[way]!;
      sum.chosen += chosen.length / universes;
      sum.falseShare += (chosen.length === 0 ? 0 : 1 - right / chosen.length) / universes;
      sum.power += (truePairs === 0 ? 0 : right / truePairs) / universes;
    }
  }
  const [naive, combined, hochberg, yekutieli] = sums;
  return {
    naive: naive!,
    combined: combined!,
    benjaminiHochberg: hochberg!,
    benjaminiYekutieli: yekutieli!,
  };
}

function testedUniverse(
  random: Random,
  { bars, truePairs, looseSeries, persistence }: SimulatedUniverse,
): {
  readonly naive: Float64Array;
  readonly combined: Float64Array;
  readonly isTrue: readonly boolean[];
} {
  const series: Float64Array[] = [];
  for (let i = 0; i < truePairs + looseSeries; i++) {
    const walk = cumulative(random, bars, 1);
    series.push(walk);
    if (i >= truePairs) continue;
    const spread = cumulative(random, bars, persistence);
    series.push(walk.map((value, t) => 2 * value + spread[t]!));
  }
  const naive: number[] = [];
  const combined: number[] = [];
  const isTrue: boolean[] = [];
  for (let i = 0; i < series.length; i++) {
    for (let j = i + 1; j < series.length; j++) {
      const [y, x] = [series[i]!, series[j]!];
      naive.push(Math.min(naivePValue(y, x), naivePValue(x, y)));
      combined.push(cointegratedPair(y, x).combinedPValue);
      isTrue.push(i % 2 === 0 && j === i + 1 && j < 2 * truePairs);
    }
  }
  return { naive: Float64Array.from(naive), combined: Float64Array.from(combined), isTrue };
}

/** AR(1) of standard normal innovations from zero; a walk with the coefficient 1. */
function cumulative({ gaussian }: Random, bars: number, coefficient: number): Float64Array {
  let level = 0;
  return Float64Array.from({ length: bars }, () => {
    level = coefficient * level + gaussian();
    return level;
  });
}
