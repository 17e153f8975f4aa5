import { InvalidInputError } from "../invalid-input-error.ts";
import { differences } from "../stats/differences.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import { type ScalingLaw, scalingLaw } from "./scaling-law.ts";

const SCALE_MIN = 8;
const SCALE_MAX = 2048;
/** Three scales (8, 16, 32) need four windows of the longest, in increments. */
const LENGTH_MIN = 4 * 32 + 1;

/**
 * Hurst exponent by detrended fluctuation analysis: scaling that a trend in the level cannot feign.
 *
 * The profile P = Σ(Δx − mean) is cut into windows of s bars side by side; in each a line is taken
 * out; F(s) is the root mean square of what is left; F ~ s^H. Scales 8, 16, … ≤ (n − 1) / 4, at most
 * 2,048.
 *
 * @param series n ≥ 129 finite values, oldest first, a level (log price or spread)
 * @returns exponent: H, 0.5 for a random walk; scales: the windows; values: F, unit of the series
 * @throws {InvalidInputError} n < 129, a value is not finite; "constant": nothing is left at some
 *   scale
 *
 * Cost: O(n · scales). Convention: DFA-1 of the increments, windows side by side.
 * Source: Peng et al. (1994), Physical Review E 49. Checked: golden/mean-reversion.json.
 */
export function detrendedFluctuation(series: Float64Array): ScalingLaw {
  requireSeries(series, { name: "series", lengthMin: LENGTH_MIN });
  const increments = differences(series);
  const centre = mean(increments);
  let sum = 0;
  const profile = increments.map((increment) => {
    sum += increment - centre;
    return sum;
  });
  const scales: number[] = [];
  for (let scale = SCALE_MIN; scale <= Math.min(profile.length / 4, SCALE_MAX); scale *= 2) {
    scales.push(scale);
  }
  const noise = 1e-14 * profile.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const fluctuations = scales.map((scale) => fluctuation(profile, scale));
  if (fluctuations.some((value) => value <= noise)) {
    throw new InvalidInputError("constant", "the series does not fluctuate about its trend");
  }
  return scalingLaw(Float64Array.from(scales), Float64Array.from(fluctuations));
}

function fluctuation(profile: Float64Array, scale: number): number {
  const windows = Math.floor(profile.length / scale);
  let squares = 0;
  for (let i = 0; i < windows; i++) {
    squares += squaresAboutLine(profile.subarray(i * scale, (i + 1) * scale));
  }
  return Math.sqrt(squares / (windows * scale));
}

/** Σ of squared distances from the least-squares line on 0, 1, …, n − 1. */
function squaresAboutLine(values: Float64Array): number {
  const n = values.length;
  const centre = mean(values);
  const middle = (n - 1) / 2;
  let product = 0;
  for (let i = 0; i < n; i++) product += (i - middle) * (values[i]! - centre);
  const slope = product / ((n * (n * n - 1)) / 12);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - centre - slope * (i - middle)) ** 2;
  return squares;
}
