import { cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { benjaminiYekutieli } from "../multiple-testing/benjamini-yekutieli.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { createRandom, type Random } from "../synthetic/random.ts";
import { integrationOrder } from "./integration-order.ts";
import { naivePValue } from "./naive-p-value.ts";

/** What one way of choosing pairs brings, on average over universes. */
export type DiscoveryRates = {
  /** Pairs chosen in a universe. */
  readonly chosen: number;
  /** Share of the chosen that are false, 0 where none is chosen, in [0, 1]. */
  readonly falseShare: number;
  /** Standard error of falseShare over the universes. */
  readonly falseShareError: number;
  /** Share of the true pairs that are chosen, in [0, 1]. */
  readonly power: number;
};

/** Ways of choosing, from the careless to the most careful. */
export type FalseDiscoverySimulation = {
  /** Better of both naive p-values below the level; null where it was not asked for. */
  readonly naive: DiscoveryRates | null;
  /** Combined p-value below the level, no correction. */
  readonly combined: DiscoveryRates;
  readonly benjaminiHochberg: DiscoveryRates;
  readonly benjaminiYekutieli: DiscoveryRates;
  /** Benjamini–Hochberg among the pairs whose legs are random walks by themselves. */
  readonly walksBenjaminiHochberg: DiscoveryRates;
  readonly walksBenjaminiYekutieli: DiscoveryRates;
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
  /** Whether the naive p-values are computed too: they cost most of the time. True by default. */
  readonly withNaive?: boolean;
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
  const { universes, truePairs, looseSeries, seed, bars, level, withNaive = true } = universe;
  if (!(universes >= 1 && 2 * truePairs + looseSeries >= 2)) {
    throw new InvalidInputError("out-of-range", "a simulation needs a universe of two series");
  }
  const random = createRandom(seed, bars);
  const tallies = {
    naive: createTally(truePairs),
    combined: createTally(truePairs),
    benjaminiHochberg: createTally(truePairs),
    benjaminiYekutieli: createTally(truePairs),
    walksBenjaminiHochberg: createTally(truePairs),
    walksBenjaminiYekutieli: createTally(truePairs),
  };
  for (let round = 0; round < universes; round++) {
    const { combined, ofWalks, naive, isTrue } = testedUniverse(random, universe);
    const add = (way: keyof typeof tallies, values: Float64Array): void =>
      tallies[way].add(isTrue.filter((_, i) => values[i]! < level));
    if (naive !== null) add("naive", naive);
    add("combined", combined);
    add("benjaminiHochberg", benjaminiHochberg(combined));
    add("benjaminiYekutieli", benjaminiYekutieli(combined));
    add("walksBenjaminiHochberg", adjusted(ofWalks, benjaminiHochberg));
    add("walksBenjaminiYekutieli", adjusted(ofWalks, benjaminiYekutieli));
  }
  return {
    naive: withNaive ? tallies.naive.rates() : null,
    combined: tallies.combined.rates(),
    benjaminiHochberg: tallies.benjaminiHochberg.rates(),
    benjaminiYekutieli: tallies.benjaminiYekutieli.rates(),
    walksBenjaminiHochberg: tallies.walksBenjaminiHochberg.rates(),
    walksBenjaminiYekutieli: tallies.walksBenjaminiYekutieli.rates(),
  };
}

/** Counts what is chosen, universe by universe. */
function createTally(truePairs: number): {
  /** @param isTrue of each chosen pair of a universe */
  readonly add: (isTrue: readonly boolean[]) => void;
  readonly rates: () => DiscoveryRates;
} {
  const falseShares: number[] = [];
  let chosen = 0;
  let found = 0;
  return {
    add: (isTrue) => {
      const right = isTrue.filter(Boolean).length;
      falseShares.push(isTrue.length === 0 ? 0 : 1 - right / isTrue.length);
      chosen += isTrue.length;
      found += right;
    },
    rates: () => {
      const n = falseShares.length;
      const falseShare = falseShares.reduce((sum, share) => sum + share, 0) / n;
      const squares = falseShares.reduce((sum, share) => sum + (share - falseShare) ** 2, 0);
      return {
        chosen: chosen / n,
        falseShare,
        falseShareError: n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n),
        power: truePairs === 0 ? 0 : found / (n * truePairs),
      };
    },
  };
}

/** Adjusts the p-values that are there; NaN stays where there is none. */
function adjusted(
  pValues: Float64Array,
  adjust: (pValues: Float64Array) => Float64Array,
): Float64Array {
  const values = adjust(pValues.filter((p) => !Number.isNaN(p)));
  let place = 0;
  return pValues.map((p) => (Number.isNaN(p) ? p : values[place++]!));
}

type TestedUniverse = {
  readonly combined: Float64Array;
  /** The combined p-values of pairs both of whose legs are I(1); NaN for others. */
  readonly ofWalks: Float64Array;
  readonly naive: Float64Array | null;
  readonly isTrue: readonly boolean[];
};

function testedUniverse(random: Random, universe: SimulatedUniverse): TestedUniverse {
  const { truePairs, withNaive = true } = universe;
  const series = simulatedSeries(random, universe);
  const isWalk = series.map((one) => integrationOrder(one).kind === "one");
  const naive: number[] = [];
  const combined: number[] = [];
  const ofWalks: number[] = [];
  const isTrue: boolean[] = [];
  for (let i = 0; i < series.length; i++) {
    for (let j = i + 1; j < series.length; j++) {
      const [y, x] = [series[i]!, series[j]!];
      const pValue = cointegratedPair(y, x).combinedPValue;
      if (withNaive) naive.push(Math.min(naivePValue(y, x), naivePValue(x, y)));
      combined.push(pValue);
      ofWalks.push(isWalk[i] === true && isWalk[j] === true ? pValue : Number.NaN);
      isTrue.push(i % 2 === 0 && j === i + 1 && j < 2 * truePairs);
    }
  }
  return {
    combined: Float64Array.from(combined),
    ofWalks: Float64Array.from(ofWalks),
    naive: withNaive ? Float64Array.from(naive) : null,
    isTrue,
  };
}

/** Both legs of each true pair in turn, then the loose series. */
function simulatedSeries(
  random: Random,
  { bars, truePairs, looseSeries, persistence }: SimulatedUniverse,
): Float64Array[] {
  const series: Float64Array[] = [];
  for (let i = 0; i < truePairs + looseSeries; i++) {
    const walk = cumulative(random, bars, 1);
    series.push(walk);
    if (i >= truePairs) continue;
    const spread = cumulative(random, bars, persistence);
    series.push(walk.map((value, t) => 2 * value + spread[t]!));
  }
  return series;
}

/** AR(1) of standard normal innovations from zero; a walk with the coefficient 1. */
function cumulative({ gaussian }: Random, bars: number, coefficient: number): Float64Array {
  let level = 0;
  return Float64Array.from({ length: bars }, () => {
    level = coefficient * level + gaussian();
    return level;
  });
}
