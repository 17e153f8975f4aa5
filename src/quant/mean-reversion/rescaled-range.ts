import { InvalidInputError } from "../invalid-input-error.ts";
import { differences } from "../stats/differences.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import { type ScalingLaw, scalingLaw } from "./scaling-law.ts";

/** Four windows and the whole: fewer points make no line worth the name. */
const LENGTH_MIN = 100;

/**
 * Hurst exponent by simplified rescaled range: how the range of a level grows with the time
 * watched.
 *
 * R/S of a window is (max x − min x) / std(Δx, ddof 1); H is the slope of ln mean R/S on ln window.
 * Windows of ⌊10^e⌋ bars, e = 1, 1.25, … below log₁₀(n − 1), and n, laid side by side from the
 * first bar, an incomplete last one dropped; windows without a range are passed over.
 *
 * @param series n ≥ 100 finite values, oldest first, a level (log price or spread)
 * @returns exponent: H; prefactor: c of c · window^H; scales: the windows; values: their mean R/S
 * @throws {InvalidInputError} n < 100, a value is not finite; "constant": no window has a range
 *
 * Cost: O(n · windows). Convention: matches hurst.compute_Hc(kind="random_walk", simplified=True).
 * Source: Hurst (1951). Checked: golden/mean-reversion.json.
 */
export function simplifiedRescaledRange(series: Float64Array): ScalingLaw {
  requireSeries(series, { name: "series", lengthMin: LENGTH_MIN });
  const changes = differences(series);
  return rangeLaw(
    series.length,
    (from, to) => rescaled(extent(series, from, to), changes.subarray(from, to - 1)),
    (range) => range,
  );
}

/**
 * Hurst exponent by corrected rescaled range: Hurst's statistic less what chance alone gives.
 *
 * R/S of a window of n increments is the range of Σ(Δx − mean) over std(Δx, ddof 1). For independent
 * normal increments its expectation (Anis and Lloyd, with Peters' factor) is
 * E = (n − ½)/n · Γ((n−1)/2) / (√π Γ(n/2)) · Σᵢ √((n−i)/i), far from √(πn/2) in short windows.
 * H is the slope of ln(R/S − E + √(πn/2)) on ln n: 0.5 for a random walk at any length.
 *
 * @param series n ≥ 100 finite values, oldest first, a level (log price or spread)
 * @returns exponent: H; scales: windows in increments, as in simplifiedRescaledRange; values: the
 *   corrected R/S
 * @throws {InvalidInputError} n < 100, a value is not finite; "constant": no window has a range
 *
 * Cost: O(n · windows). Convention: the "corrected empirical" exponent of pracma::hurstexp, on our
 * windows. Source: Anis and Lloyd (1976), Biometrika 63; Peters (1994), Fractal Market Analysis.
 * Checked: seeded random walks in the test.
 */
export function correctedRescaledRange(series: Float64Array): ScalingLaw {
  requireSeries(series, { name: "series", lengthMin: LENGTH_MIN });
  const changes = differences(series);
  return rangeLaw(
    changes.length,
    (from, to) => incrementRange(changes.subarray(from, to)),
    (range, width) => range - expectedRange(width) + Math.sqrt((Math.PI * width) / 2),
  );
}

/** R/S expected of n independent normal increments. Source: Anis and Lloyd (1976), Peters (1994). */
function expectedRange(n: number): number {
  // Γ((k−1)/2) / Γ(k/2) from its product with its successor, 2 / (k − 1).
  let gammaRatio = Math.sqrt(Math.PI);
  for (let k = 2; k < n; k++) gammaRatio = 2 / ((k - 1) * gammaRatio);
  let sum = 0;
  for (let i = 1; i < n; i++) sum += Math.sqrt((n - i) / i);
  return (((n - 0.5) / n) * gammaRatio * sum) / Math.sqrt(Math.PI);
}

/** The rescaled range of the window from … to − 1, null where it has none. */
type WindowRange = (from: number, to: number) => number | null;

function rangeLaw(
  length: number,
  rangeOf: WindowRange,
  correct: (range: number, width: number) => number,
): ScalingLaw {
  const widths: number[] = [];
  const ranges: number[] = [];
  for (const width of windowWidths(length)) {
    const range = averageRange(length, width, rangeOf);
    if (range === null) continue;
    widths.push(width);
    ranges.push(correct(range, width));
  }
  if (widths.length < 3) {
    throw new InvalidInputError("constant", "too few windows have a range");
  }
  return scalingLaw(Float64Array.from(widths), Float64Array.from(ranges));
}

function windowWidths(n: number): readonly number[] {
  const count = Math.ceil((Math.log10(n - 1) - 1) / 0.25);
  const widths = Array.from({ length: count }, (_, i) => Math.floor(10 ** (1 + 0.25 * i)));
  return [...widths, n];
}

function averageRange(length: number, width: number, rangeOf: WindowRange): number | null {
  let sum = 0;
  let windows = 0;
  for (let start = 0; start + width <= length; start += width) {
    const range = rangeOf(start, start + width);
    if (range === null) continue;
    sum += range;
    windows++;
  }
  return windows === 0 ? null : sum / windows;
}

function incrementRange(increments: Float64Array): number | null {
  const centre = mean(increments);
  const walk = new Float64Array(increments.length);
  let sum = 0;
  for (let i = 0; i < walk.length; i++) {
    sum += increments[i]! - centre;
    walk[i] = sum;
  }
  return rescaled(extent(walk, 0, walk.length), increments);
}

function extent(values: Float64Array, from: number, to: number): number {
  let low = values[from]!;
  let high = low;
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  return high - low;
}

function rescaled(range: number, increments: Float64Array): number | null {
  const centre = mean(increments);
  let squares = 0;
  const n = increments.length;
  for (let i = 0; i < n; i++) squares += (increments[i]! - centre) ** 2;
  if (range === 0 || isRoundingNoise(squares, n, centre)) return null;
  return range / Math.sqrt(squares / (n - 1));
}
