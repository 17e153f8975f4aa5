import { createRandom } from "./random.ts";

/**
 * What all instruments share: log returns of the market and of each sector, and how nervous the
 * time is (`stress` multiplies every volatility, 1 in calm).
 */
export type MarketFactors = {
  readonly market: Float64Array;
  readonly sectors: readonly Float64Array[];
  readonly stress: Float64Array;
};

const SECTORS = 5;
const SECTOR_STREAM = 100;

/** Per hourly bar: 0.35 % is about a third a year, between an index and a large crypto-currency. */
const MARKET_STD = 0.0035;
const SECTOR_STD = 0.002;

/** Persistence of a usual GARCH(1,1) fit: shocks 0.08, memory 0.9. */
const SHOCK_WEIGHT = 0.08;
const MEMORY_WEIGHT = 0.9;

/**
 * Turbulent times come about once in 600 bars and last about 120; volatility then more than
 * doubles.
 */
const STRESS_BEGINS = 1 / 600;
const STRESS_ENDS = 1 / 120;
const STRESS_LEVEL = 2.2;

/** Rising and falling markets alternate, each about 1,500 bars long. */
const TREND_TURNS = 1 / 1500;
const TREND_DRIFT = 0.00004;

/**
 * Market factors: the common part of a synthetic history.
 *
 * The market has GARCH(1,1) volatility, two regimes of stress and two of drift (Markov chains);
 * sectors are independent walks under the same stress.
 *
 * @param seed whole number
 * @param bars length of the history
 * @returns log returns a bar and the stress, one value a bar
 *
 * Cost: O(bars). Source: Bollerslev (1986) for the volatility, Hamilton (1989) for the regimes.
 */
export function marketFactors(seed: number, bars: number): MarketFactors {
  const random = createRandom(seed);
  const market = new Float64Array(bars);
  const stress = new Float64Array(bars);
  const constantWeight = 1 - SHOCK_WEIGHT - MEMORY_WEIGHT;
  let variance = MARKET_STD ** 2;
  let isStressed = false;
  let drift = TREND_DRIFT;
  for (let t = 0; t < bars; t++) {
    if (random.uniform() < (isStressed ? STRESS_ENDS : STRESS_BEGINS)) isStressed = !isStressed;
    if (random.uniform() < TREND_TURNS) drift = -drift;
    stress[t] = isStressed ? STRESS_LEVEL : 1;
    const shock = Math.sqrt(variance) * random.gaussian();
    market[t] = drift + stress[t]! * shock;
    variance =
      constantWeight * MARKET_STD ** 2 + SHOCK_WEIGHT * shock ** 2 + MEMORY_WEIGHT * variance;
  }
  const sectors = Array.from({ length: SECTORS }, (_, k) =>
    shocks(seed, SECTOR_STREAM + k, SECTOR_STD, stress),
  );
  return { market, sectors, stress };
}

/**
 * Shocks: independent normal log returns under a common stress.
 *
 * @param seed whole number
 * @param stream which sequence of the seed
 * @param std deviation of a bar in calm times
 * @param stress multiplier of each bar
 * @returns log returns, one a bar
 *
 * Cost: O(n).
 */
export function shocks(
  seed: number,
  stream: number,
  std: number,
  stress: Float64Array,
): Float64Array {
  const random = createRandom(seed, stream);
  return stress.map((level) => level * std * random.gaussian());
}
