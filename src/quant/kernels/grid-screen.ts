import type { EngleGrangerOptions } from "../cointegration/engle-granger.ts";
import { ENGLE_GRANGER_BARS_MIN } from "../cointegration/engle-granger.ts";
import { lagsMaxDefault } from "../cointegration/lag-selection.ts";
import { mackinnonPValue } from "../cointegration/mackinnon.ts";
import { MACKINNON_1994_SURFACES } from "../cointegration/mackinnon-tables.ts";
import { screenPair } from "../cointegration/pair-screen.ts";
import { KERNEL_ANSWER, KERNEL_INPUT, type KernelMemory, type PairKernel } from "./pair-kernel.ts";
import { pairAt } from "./pair-order.ts";
import { PAIR_REFUSALS, type PairRefusal, type PairResults } from "./pair-results.ts";
import { type GridSeries, gridSeries, type SeriesGrid } from "./series-grid.ts";
import { type SeriesMoments, seriesMoments } from "./series-moments.ts";

/** How a range of pairs is screened. */
export type GridScreenOptions = Pick<EngleGrangerOptions, "lags"> & {
  /** p-values near which, or near half of which, a pair is computed with full care. */
  readonly significance: number;
};

/** Distance from a threshold within which a statistic is computed with full care. */
const THRESHOLD_CARE = 1e-6;

/** Lags for which a kernel makes room; nobody asks for more, and the matrix grows with their square. */
const KERNEL_LAGS_MAX = 256;

const COINTEGRATION = { trend: "c", seriesCount: 2 } as const;

/**
 * Grid screen: tests a range of the pairs of a universe, fast where that is safe.
 *
 * The figures of screenPair for each pair over the bars that both series have. A kernel computes
 * them to ten digits; screenPair itself does where the kernel declines, where a series is not plain, and
 * where the statistic lies within 1e-6 of a threshold, so that no decision depends on speed.
 *
 * @param grid the universe with the moments of its series
 * @param range.start first pair, in the order of pairAt
 * @param range.end pair after the last
 * @param results written at start … end − 1
 * @param options lags ("t-stat" is always computed with care) and significance
 * @param kernel the arithmetic
 *
 * Cost: O((end − start) · length · lags). Checked: against screenPair in the test.
 */
export function screenGrid(
  grid: SeriesGrid,
  range: { readonly start: number; readonly end: number },
  results: PairResults,
  options: GridScreenOptions,
  kernel: PairKernel,
): void {
  const series = knownSeries(grid);
  const bench = createBench(grid, options, kernel);
  let { y, x } = pairAt(range.start, grid.seriesCount);
  for (let index = range.start; index < range.end; index++) {
    screenAt(bench, { y: series(y), x: series(x) }, results, index);
    x++;
    if (x === grid.seriesCount) {
      y++;
      x = y + 1;
    }
  }
}

/** The rows of a grid, each looked up once. */
function knownSeries(grid: SeriesGrid): (row: number) => GridSeries {
  const known: GridSeries[] = [];
  return (row) => {
    known[row] ??= gridSeries(grid, row);
    return known[row];
  };
}

/** What a range of pairs is computed with. */
type Bench = {
  readonly options: GridScreenOptions;
  readonly kernel: PairKernel;
  readonly memory: KernelMemory;
  /** Statistics at which a decision changes. */
  readonly thresholds: readonly number[];
  /** Largest lag of so many bars; negative where there is none. */
  readonly lagsOf: (bars: number) => number;
  /** What the kernel's memory holds of the pair before. */
  readonly loaded: { y: GridSeries | null; penaltyBars: number };
};

function createBench(grid: SeriesGrid, options: GridScreenOptions, kernel: PairKernel): Bench {
  const { lags = { kind: "aic" } } = options;
  const lagsOf = (bars: number): number => {
    if (lags.kind === "fixed") return lags.lags;
    return lags.lagsMax ?? lagsMaxDefault(bars, 0);
  };
  const lagsMax = Math.min(KERNEL_LAGS_MAX, Math.max(0, lagsOf(grid.length)));
  const memory = kernel.reserve(grid.length, lagsMax);
  return {
    options,
    kernel,
    memory,
    thresholds: thresholdsOf(options.significance),
    lagsOf,
    loaded: { y: null, penaltyBars: 0 },
  };
}

/** Where the surface of the p-value is joined or ends, and where the p-value is the significance. */
function thresholdsOf(significance: number): readonly number[] {
  const { min, star, max } = MACKINNON_1994_SURFACES.c[1]!;
  return [min, star, max, statisticOf(significance), statisticOf(significance / 2)];
}

/** The statistic whose p-value is given, by bisection. */
function statisticOf(pValue: number): number {
  let low = -30;
  let high = 5;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (mackinnonPValue(middle, COINTEGRATION) < pValue) low = middle;
    else high = middle;
  }
  return high;
}

type Legs = { readonly y: GridSeries; readonly x: GridSeries };

function screenAt(bench: Bench, legs: Legs, results: PairResults, index: number): void {
  const common = commonSeries(bench, legs);
  results.observations[index] = common.bars;
  if (common.bars === 0) {
    refuse(results, index, "no-common-bars");
    return;
  }
  if (runKernel(bench, common)) {
    if (writeAnswers(bench, common, results, index)) return;
  }
  const { memory, options } = bench;
  const screen = screenPair(
    memory.y.slice(0, common.bars),
    memory.x.slice(0, common.bars),
    options.lags === undefined ? {} : { lags: options.lags },
  );
  if (screen.kind === "refused") {
    refuse(results, index, screen.reason);
    return;
  }
  const { yOnX, xOnY } = screen;
  results.refusal[index] = 0;
  results.hedgeRatio[index] = yOnX.hedgeRatio;
  results.intercept[index] = yOnX.intercept;
  results.statisticYx[index] = yOnX.statistic;
  results.pValueYx[index] = yOnX.pValue;
  results.lagsYx[index] = yOnX.lags;
  results.statisticXy[index] = xOnY.statistic;
  results.pValueXy[index] = xOnY.pValue;
  results.lagsXy[index] = xOnY.lags;
  results.halfLifeBars[index] = screen.halfLife.exactBars ?? Number.NaN;
  results.correlation[index] = screen.returnsCorrelation;
}

type CommonSeries = {
  readonly bars: number;
  readonly y: SeriesMoments;
  readonly x: SeriesMoments;
};

/** Puts the bars that both legs have into the kernel's memory: the inner join, nothing is filled. */
function commonSeries({ memory, loaded }: Bench, { y, x }: Legs): CommonSeries {
  if (y.isComplete && x.isComplete) {
    // y changes slowest: a thousand pairs share it.
    if (loaded.y !== y) memory.y.set(y.values);
    loaded.y = y;
    memory.x.set(x.values);
    return { bars: y.values.length, y: y.moments, x: x.moments };
  }
  loaded.y = null;
  let bars = 0;
  for (let t = 0; t < y.values.length; t++) {
    const valueY = y.values[t]!;
    const valueX = x.values[t]!;
    if (Number.isNaN(valueY) || Number.isNaN(valueX)) continue;
    memory.y[bars] = valueY;
    memory.x[bars] = valueX;
    bars++;
  }
  return {
    bars,
    y: seriesMoments(memory.y.subarray(0, bars)),
    x: seriesMoments(memory.x.subarray(0, bars)),
  };
}

/** @returns whether the kernel has an answer that can be trusted */
function runKernel(bench: Bench, { bars, y, x }: CommonSeries): boolean {
  const { kernel, memory, options } = bench;
  const { kind } = options.lags ?? { kind: "aic" };
  const lags = bench.lagsOf(bars);
  const degreesOfFreedom = bars - 2 - 2 * lags;
  const isWithinRoom = Number.isInteger(lags) && lags >= 0 && lags <= KERNEL_LAGS_MAX;
  const isUsual = bars >= ENGLE_GRANGER_BARS_MIN && isWithinRoom;
  if (!isUsual || degreesOfFreedom < 1 || kind === "t-stat" || !y.isPlain || !x.isPlain) {
    return false;
  }
  if (kind !== "fixed") fillPenalties(bench, bars, lags);
  memory.inputs[KERNEL_INPUT.meanY] = y.mean;
  memory.inputs[KERNEL_INPUT.meanX] = x.mean;
  memory.inputs[KERNEL_INPUT.squaresY] = y.squares;
  memory.inputs[KERNEL_INPUT.squaresX] = x.squares;
  return kernel.run(bars, lags, kind !== "fixed");
}

/** n ln RSS + penalty · lags is smallest where RSS · exp(penalty · lags / n) is. */
function fillPenalties({ memory, options, loaded }: Bench, bars: number, lags: number): void {
  if (loaded.penaltyBars === bars) return;
  loaded.penaltyBars = bars;
  const observations = bars - 1 - lags;
  const penalty = options.lags?.kind === "bic" ? Math.log(observations) : 2;
  for (let j = 0; j <= lags; j++) memory.penalties[j] = Math.exp((penalty * j) / observations);
}

/** @returns whether no statistic is so near a threshold that its last digits might decide */
function writeAnswers(
  { memory, thresholds }: Bench,
  { bars, y, x }: CommonSeries,
  results: PairResults,
  index: number,
): boolean {
  const { answers } = memory;
  const statisticYx = answers[KERNEL_ANSWER.statisticYx]!;
  const statisticXy = answers[KERNEL_ANSWER.statisticXy]!;
  for (const threshold of thresholds) {
    if (Math.abs(statisticYx - threshold) < THRESHOLD_CARE) return false;
    if (Math.abs(statisticXy - threshold) < THRESHOLD_CARE) return false;
  }
  const slope = answers[KERNEL_ANSWER.slopeYx]!;
  const reversion = answers[KERNEL_ANSWER.reversionYx]!;
  const centredProduct =
    answers[KERNEL_ANSWER.changeProduct]! - (bars - 1) * y.changeMean * x.changeMean;
  const correlation = centredProduct / (Math.sqrt(y.changeSquares) * Math.sqrt(x.changeSquares));
  const reverts = reversion < 0 && reversion > -1;
  results.refusal[index] = 0;
  results.hedgeRatio[index] = slope;
  results.intercept[index] = y.mean - slope * x.mean;
  results.statisticYx[index] = statisticYx;
  results.pValueYx[index] = mackinnonPValue(statisticYx, COINTEGRATION);
  results.lagsYx[index] = answers[KERNEL_ANSWER.lagsYx]!;
  results.statisticXy[index] = statisticXy;
  results.pValueXy[index] = mackinnonPValue(statisticXy, COINTEGRATION);
  results.lagsXy[index] = answers[KERNEL_ANSWER.lagsXy]!;
  results.halfLifeBars[index] = reverts ? -Math.LN2 / Math.log1p(reversion) : Number.NaN;
  results.correlation[index] = Math.max(-1, Math.min(1, correlation));
  return true;
}

function refuse(results: PairResults, index: number, refusal: PairRefusal): void {
  results.refusal[index] = PAIR_REFUSALS.indexOf(refusal);
}
