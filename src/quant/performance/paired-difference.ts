import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import { createRandom } from "../synthetic/random.ts";
import { blockPlaces } from "./block-places.ts";
import { bootstrapBlockLength } from "./bootstrap-block-length.ts";
import { type FigureInterval, knownInterval } from "./performance-intervals.ts";
import {
  barsPerStep,
  type ResamplingOptions,
  resamplingOptions,
  stepReturns,
} from "./resampled-steps.ts";
import { type Annualisation, sharpeRatio } from "./sharpe-ratio.ts";

/** A difference A − B with its interval, and the share of the resamples in which A is ahead, ties half. */
export type DifferenceInterval = FigureInterval & {
  readonly difference: number;
  readonly aheadShare: number;
};

/** How two series of returns differ, or why that cannot be said. */
export type PairedDifference =
  | {
      readonly kind: "difference";
      /** Mean difference of returns, a fraction a year; never null. */
      readonly returnAnnual: DifferenceInterval | null;
      /** Null where one of the two does not vary, or did not in half of the resamples. */
      readonly sharpeRatio: DifferenceInterval | null;
      readonly bars: number;
      readonly seed: number;
      readonly replications: number;
      readonly confidence: number;
      readonly meanBlockBars: number;
      /** More than 1 where the record was compounded, see STEPS_MAX. */
      readonly barsPerStep: number;
    }
  | { readonly kind: "refused"; readonly reason: "too-few-bars" | "no-difference" };

/** bootstrapBlockLength needs as many. */
const STEPS_MIN = 20;

/**
 * Paired difference: whether one series of returns is better than another on the same bars, and how sure
 * that is.
 *
 * Both are redrawn at the same places (stationary bootstrap, blocks of bootstrapBlockLength of the
 * difference), so that what moves both is in neither interval.
 *
 * @param a simple returns, finite, one a bar, oldest first
 * @param b returns of the same bars
 * @param annualisation bars of a year and the risk-free rate a bar
 * @param options seed, replications, confidence
 * @returns see PairedDifference; refused below 20 bars and where the difference does not vary
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": options
 *
 * Cost: O(replications · min(n, 20,000)), as performanceIntervals. Source: Politis and Romano (1994);
 * Ledoit and Wolf (2008) for pairing.
 */
export function pairedDifference(
  a: Float64Array,
  b: Float64Array,
  annualisation: Annualisation,
  options: ResamplingOptions,
): PairedDifference {
  const { seed, replications, confidence } = resamplingOptions(options);
  requireAlignedSeries(a, b, 0, ["a", "b"]);
  const bars = barsPerStep(a.length);
  const [stepsA, stepsB] = [stepReturns(a, bars), stepReturns(b, bars)];
  if (stepsA.length < STEPS_MIN) return { kind: "refused", reason: "too-few-bars" };
  const difference = stepsA.map((value, i) => value - stepsB[i]!);
  const meanBlock = blockLengthOf(difference);
  if (meanBlock === null) return { kind: "refused", reason: "no-difference" };
  const scale = stepAnnualisation(annualisation, bars);
  const random = createRandom(seed);
  const places = new Int32Array(difference.length);
  const meanDrawn = new Float64Array(replications);
  const sharpeDrawn = new Float64Array(replications);
  const [momentsA, momentsB] = [momentsAt(stepsA), momentsAt(stepsB)];
  for (let i = 0; i < replications; i++) {
    const nextPlace = blockPlaces(places.length, meanBlock, random);
    for (let step = 0; step < places.length; step++) places[step] = nextPlace();
    const [drawnA, drawnB] = [momentsA(places), momentsB(places)];
    meanDrawn[i] = (drawnA.mean - drawnB.mean) * scale.periodsPerYear;
    sharpeDrawn[i] = sharpeOf(drawnA, scale) - sharpeOf(drawnB, scale);
  }
  const sharpeA = sharpeRatio(stepsA, scale);
  const sharpeB = sharpeRatio(stepsB, scale);
  return {
    kind: "difference",
    returnAnnual: differenceInterval(
      mean(difference) * scale.periodsPerYear,
      meanDrawn,
      confidence,
    ),
    sharpeRatio:
      sharpeA === null || sharpeB === null
        ? null
        : differenceInterval(sharpeA - sharpeB, sharpeDrawn, confidence),
    bars: a.length,
    seed,
    replications,
    confidence,
    meanBlockBars: meanBlock * bars,
    barsPerStep: bars,
  };
}

function blockLengthOf(difference: Float64Array): number | null {
  try {
    return bootstrapBlockLength(difference);
  } catch (error) {
    // Two runs that are the same differ by a constant: here an answer, not a mistake of the caller.
    if (error instanceof InvalidInputError && error.code === "constant") return null;
    throw error;
  }
}

function stepAnnualisation(
  { periodsPerYear, riskFreeRatePerPeriod = 0 }: Annualisation,
  bars: number,
): Required<Annualisation> {
  return {
    periodsPerYear: periodsPerYear / bars,
    riskFreeRatePerPeriod: (1 + riskFreeRatePerPeriod) ** bars - 1,
  };
}

function differenceInterval(
  difference: number,
  drawn: Float64Array,
  confidence: number,
): DifferenceInterval | null {
  const interval = knownInterval(drawn, confidence);
  if (interval === null) return null;
  const known = drawn.filter((value) => !Number.isNaN(value));
  const ahead = known.reduce((sum, value) => sum + (1 + Math.sign(value)) / 2, 0);
  return { difference, aheadShare: ahead / known.length, ...interval };
}

/** `deviation` has the divisor n − 1; 0 where the drawn returns do not vary. */
type DrawnMoments = { readonly mean: number; readonly deviation: number };

/** Moments of redrawn returns, from sums about the mean of the whole record. */
function momentsAt(returns: Float64Array): (places: Int32Array) => DrawnMoments {
  const n = returns.length;
  const centre = mean(returns);
  return (places) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const deviation = returns[places[i]!]! - centre;
      sum += deviation;
      squares += deviation * deviation;
    }
    const average = centre + sum / n;
    const about = squares - (sum * sum) / n;
    const isFlat = isRoundingNoise(about, n, average);
    return { mean: average, deviation: isFlat ? 0 : Math.sqrt(about / (n - 1)) };
  };
}

/** NaN where the drawn returns do not vary. */
function sharpeOf(
  { mean: average, deviation }: DrawnMoments,
  scale: Required<Annualisation>,
): number {
  if (deviation === 0) return Number.NaN;
  const excess = average - scale.riskFreeRatePerPeriod;
  return (excess / deviation) * Math.sqrt(scale.periodsPerYear);
}
