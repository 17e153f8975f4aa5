import { InvalidInputError } from "../invalid-input-error.ts";
import { quantileOfSorted } from "../rolling/quantile-of-sorted.ts";
import { requireSeries } from "../stats/require-series.ts";
import { createRandom, type Random } from "../synthetic/random.ts";
import { blockPlaces } from "./block-places.ts";
import { bootstrapBlockLength } from "./bootstrap-block-length.ts";

/** How a bootstrap is drawn; the same options give the same numbers to the bit. */
export type BootstrapOptions = {
  /** Whole number in [0, 2³²). */
  readonly seed: number;
  /** How many series are drawn; 1,000 unless told. */
  readonly replications?: number;
  /** Mean length of a block, bars, ≥ 1; bootstrapBlockLength of the series unless told. */
  readonly meanBlockBars?: number;
  /** Share of the drawn values inside the interval, in (0, 1); 0.95 unless told. */
  readonly confidence?: number;
};

/** Percentile interval of a statistic; `replications` counts those in which it had a value. */
export type BootstrapInterval = {
  readonly lower: number;
  readonly upper: number;
  readonly median: number;
  readonly replications: number;
  readonly meanBlockBars: number;
};

/**
 * Stationary bootstrap interval: between what values a statistic would fall had history been drawn
 * again with the same dependence from bar to bar.
 *
 * Each series of n bars is glued together of blocks that start anywhere, run on circularly and have
 * geometric lengths of the given mean; the interval is that of the percentiles of the statistic.
 *
 * @param returns n ≥ 20 finite values, one a bar, not constant unless meanBlockBars is given
 * @param statistic of such a series; null where it has none, which leaves that series out
 * @param options seed, replications, block length, confidence; see BootstrapOptions
 * @returns the interval; null when the statistic had a value in fewer than half of the series
 * @throws {InvalidInputError} "too-short", "not-finite", "constant"; "out-of-range": an option
 *
 * Cost: O(replications · (n + the statistic)). Source: Politis and Romano (1994).
 * Checked: the law of a mean in the test.
 */
export function stationaryBootstrap(
  returns: Float64Array,
  statistic: (returns: Float64Array) => number | null,
  options: BootstrapOptions,
): BootstrapInterval | null {
  requireSeries(returns, { name: "returns", lengthMin: 20 });
  const { replications = 1000, confidence = 0.95 } = options;
  const meanBlockBars = options.meanBlockBars ?? bootstrapBlockLength(returns);
  requireOptions({ replications, confidence, meanBlockBars });
  const random = createRandom(options.seed);
  const drawn: number[] = [];
  const series = new Float64Array(returns.length);
  for (let i = 0; i < replications; i++) {
    redraw(series, returns, meanBlockBars, random);
    const value = statistic(series);
    if (value !== null) drawn.push(value);
  }
  if (drawn.length < replications / 2) return null;
  const ascending = Float64Array.from(drawn).sort();
  const tail = (1 - confidence) / 2;
  return {
    lower: quantileOfSorted(ascending, tail),
    upper: quantileOfSorted(ascending, 1 - tail),
    median: quantileOfSorted(ascending, 0.5),
    replications: drawn.length,
    meanBlockBars,
  };
}

function requireOptions(options: Required<Omit<BootstrapOptions, "seed">>): void {
  const { replications, confidence, meanBlockBars } = options;
  if (!(Number.isInteger(replications) && replications >= 1)) {
    throw new InvalidInputError("out-of-range", "replications must be a whole number, at least 1");
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new InvalidInputError("out-of-range", "confidence must lie between 0 and 1");
  }
  if (!(meanBlockBars >= 1 && Number.isFinite(meanBlockBars))) {
    throw new InvalidInputError("out-of-range", "the mean block must have at least 1 bar");
  }
}

function redraw(
  series: Float64Array,
  source: Float64Array,
  meanBlockBars: number,
  random: Random,
): void {
  const nextPlace = blockPlaces(source.length, meanBlockBars, random);
  for (let i = 0; i < source.length; i++) series[i] = source[nextPlace()]!;
}
