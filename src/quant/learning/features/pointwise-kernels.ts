import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import { type BandMeasure, inputOf, type KernelWork, outputOf } from "./feature-node.ts";

/*
 * Kernels that remember nothing: each bar is worked out of a few bars of their inputs. Bars before the
 * first are NaN. What has no value (a logarithm of nothing, a quotient by 0) is NaN, never infinite.
 */

/** ln v. */
export function runLog(work: KernelWork): void {
  const input = inputOf(work);
  const output = outputOf(work);
  for (let t = work.from; t < work.to; t++) {
    output[t] = input[t]! > 0 ? Math.log(input[t]!) : Number.NaN;
  }
}

/** v of some bars ago. */
export function runLag(work: KernelWork, bars: number): void {
  const { from, to } = work;
  const input = inputOf(work);
  const output = outputOf(work);
  const known = barsKnown(work, bars);
  output.fill(Number.NaN, from, known);
  if (known < to) output.set(input.subarray(known - bars, to - bars), known);
}

/** v − v of some bars ago. */
export function runDelta(work: KernelWork, bars: number): void {
  const input = inputOf(work);
  const output = outputOf(work);
  const known = barsKnown(work, bars);
  output.fill(Number.NaN, work.from, known);
  for (let t = known; t < work.to; t++) output[t] = input[t]! - input[t - bars]!;
}

/** v / v of some bars ago − 1, or the logarithm of their quotient. */
export function runGrowth(work: KernelWork, bars: number, isLog: boolean): void {
  const input = inputOf(work);
  const output = outputOf(work);
  const known = barsKnown(work, bars);
  output.fill(Number.NaN, work.from, known);
  if (isLog) {
    for (let t = known; t < work.to; t++) {
      const quotient = input[t]! / input[t - bars]!;
      output[t] = quotient > 0 && quotient < Infinity ? Math.log(quotient) : Number.NaN;
    }
    return;
  }
  for (let t = known; t < work.to; t++) {
    output[t] = finiteOrNaN(input[t]! / input[t - bars]! - 1);
  }
}

/** First bar of the run that has one so many bars before it. */
function barsKnown({ from, to }: KernelWork, bars: number): number {
  return Math.min(to, Math.max(from, bars));
}

/** a − b. */
export function runDifference(work: KernelWork): void {
  const a = inputOf(work, 0);
  const b = inputOf(work, 1);
  const output = outputOf(work);
  for (let t = work.from; t < work.to; t++) output[t] = a[t]! - b[t]!;
}

/** a / b. */
export function runQuotient(work: KernelWork): void {
  const a = inputOf(work, 0);
  const b = inputOf(work, 1);
  const output = outputOf(work);
  for (let t = work.from; t < work.to; t++) output[t] = finiteOrNaN(a[t]! / b[t]!);
}

/** 1 where a comes to stand above b, −1 where below, else 0; a touch is no crossing until it is left. */
export function runCrossover(work: KernelWork): void {
  const { from, to } = work;
  const a = inputOf(work, 0);
  const b = inputOf(work, 1);
  const output = outputOf(work);
  const known = barsKnown(work, 1);
  output.fill(Number.NaN, from, known);
  for (let t = known; t < to; t++) {
    const before = a[t - 1]! - b[t - 1]!;
    const now = a[t]! - b[t]!;
    if (before <= 0 && now > 0) output[t] = 1;
    else if (before >= 0 && now < 0) output[t] = -1;
    // What is missing on either bar is missing.
    else output[t] = Number.isNaN(before + now) ? Number.NaN : 0;
  }
}

/** How far the price went, the gap from the close before included; NaN on the first bar. */
export function runTrueRange(work: KernelWork): void {
  const { from, to } = work;
  const high = inputOf(work, 0);
  const low = inputOf(work, 1);
  const close = inputOf(work, 2);
  const output = outputOf(work);
  const known = barsKnown(work, 1);
  output.fill(Number.NaN, from, known);
  for (let t = known; t < to; t++) {
    output[t] = Math.max(high[t]!, close[t - 1]!) - Math.min(low[t]!, close[t - 1]!);
  }
}

/**
 * Standard deviations from the mean; NaN in a flat window.
 *
 * @param work inputs: value, its deviation from the mean, Σ (value − mean)²
 * @param bars of the window
 */
export function runZScore(work: KernelWork, bars: number): void {
  const values = inputOf(work, 0);
  const deviations = inputOf(work, 1);
  const squares = inputOf(work, 2);
  const output = outputOf(work);
  const freedom = 1 / (bars - 1);
  for (let t = work.from; t < work.to; t++) {
    output[t] = isRoundingNoise(squares[t]!, bars, values[t]!)
      ? Number.NaN
      : deviations[t]! / Math.sqrt(squares[t]! * freedom);
  }
}

/** Standard deviation, divisor bars − 1; 0 in a flat window. Inputs as of runZScore. */
export function runDeviation(work: KernelWork, bars: number): void {
  const values = inputOf(work, 0);
  const squares = inputOf(work, 2);
  const output = outputOf(work);
  const freedom = 1 / (bars - 1);
  for (let t = work.from; t < work.to; t++) {
    output[t] = isRoundingNoise(squares[t]!, bars, values[t]!)
      ? 0
      : Math.sqrt(squares[t]! * freedom);
  }
}

/**
 * Bollinger bands, divisor of the variance `bars`: the place of the value between them (NaN in a flat
 * window), their distance, or that over the mean.
 *
 * @param work inputs as of runZScore
 * @param band window, half the width in standard deviations, and what is asked for
 */
export function runBand(
  work: KernelWork,
  band: { readonly bars: number; readonly deviations: number; readonly measure: BandMeasure },
): void {
  const { bars, deviations, measure } = band;
  const values = inputOf(work, 0);
  const fromMean = inputOf(work, 1);
  const squares = inputOf(work, 2);
  const output = outputOf(work);
  for (let t = work.from; t < work.to; t++) {
    const isFlat = isRoundingNoise(squares[t]!, bars, values[t]!);
    const width = isFlat ? 0 : 2 * deviations * Math.sqrt(squares[t]! / bars);
    if (measure === "width") output[t] = width;
    else if (measure === "position") output[t] = isFlat ? Number.NaN : 0.5 + fromMean[t]! / width;
    else output[t] = finiteOrNaN(width / (values[t]! - fromMean[t]!));
  }
}

/** One line for all bars, from the time at which it was known. */
export function runFixedLine(
  work: KernelWork,
  line: { readonly slope: number; readonly intercept: number; readonly fromMs: number | null },
): void {
  const openTimeMs = inputOf(work);
  const slopes = outputOf(work, 0);
  const intercepts = outputOf(work, 1);
  const fromMs = line.fromMs ?? Number.NEGATIVE_INFINITY;
  for (let t = work.from; t < work.to; t++) {
    const isKnown = openTimeMs[t]! >= fromMs;
    slopes[t] = isKnown ? line.slope : Number.NaN;
    intercepts[t] = isKnown ? line.intercept : Number.NaN;
  }
}

/** y − intercept − slope · x, as pairSpread. */
export function runResidual(work: KernelWork): void {
  const y = inputOf(work, 0);
  const x = inputOf(work, 1);
  const slopes = inputOf(work, 2);
  const intercepts = inputOf(work, 3);
  const output = outputOf(work);
  for (let t = work.from; t < work.to; t++) {
    output[t] = y[t]! - intercepts[t]! - slopes[t]! * x[t]!;
  }
}

/**
 * Half-life −ln 2 / λ of a slope λ of changes on levels, as `linearBars` of halfLife; barsMax where nothing
 * decays or too slowly to be told.
 */
export function runHalfLife(work: KernelWork, barsMax: number): void {
  const slopes = inputOf(work);
  const output = outputOf(work);
  for (let t = work.from; t < work.to; t++) {
    const slope = slopes[t]!;
    output[t] = slope >= 0 ? barsMax : Math.min(barsMax, -Math.LN2 / slope);
  }
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
