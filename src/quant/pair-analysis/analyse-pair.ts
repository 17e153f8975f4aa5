import { type InvalidInputCode, InvalidInputError } from "../invalid-input-error.ts";
import { logPrices } from "../stats/log-prices.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import type { Cusum } from "../structural-break/cusum.ts";
import { answered } from "./answered.ts";
import { type HedgeFit, hedgeFit } from "./hedge-fit.ts";
import { type OptimalThresholds, optimalThresholds } from "./optimal-thresholds.ts";
import type { PairAnalysisOptions, PairBars } from "./pair-analysis-options.ts";
import { pairSpread } from "./pair-spread.ts";
import { type PairTest, pairTests } from "./pair-tests.ts";
import { type ReversionFigures, reversionFigures } from "./reversion-figures.ts";
import { type RollingViews, rollingViews } from "./rolling-views.ts";
import { type SignalQuality, signalQuality } from "./signal-quality.ts";
import { spreadCusum } from "./spread-cusum.ts";

/** Fewest bars on which anything can be said of a pair. */
export const PAIR_ANALYSIS_BARS_MIN = 60;

/** Whether the level of the spread stood still; see spreadCusum. */
export type BreakFigures = {
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Bar at which a single break would stand. */
  readonly breakIndex: number | null;
  readonly reason: InvalidInputCode | null;
};

/** One value a bar, NaN where there is none. */
export type PairViews = RollingViews & {
  readonly spread: Float64Array;
  readonly hedgeRatio: Float64Array;
  readonly cusum: Float64Array;
};

/** All that is said of a pair over its history. */
export type PairAnalysis = {
  readonly observations: number;
  readonly hedge: Omit<HedgeFit, "path">;
  readonly tests: readonly PairTest[];
  readonly reversion: ReversionFigures;
  /** Cost of a round trip, unit of the spread. */
  readonly roundTripCost: number;
  readonly thresholds: readonly OptimalThresholds[];
  readonly signal: SignalQuality;
  readonly structuralBreak: BreakFigures;
  readonly views: PairViews;
};

/** Where the time goes: shares of the work done after each part. */
const PROGRESS = { hedge: 0.2, tests: 0.5, rest: 0.6 } as const;

/**
 * Analysis of a pair: hedge ratio, spread, tests, mean reversion, thresholds, signal and rolling views.
 *
 * @param bars closes (and volumes) on common bars, n ≥ 60, oldest first
 * @param options see PairAnalysisOptions
 * @param onProgress share of the work that is done, 0..1
 * @returns figures, each null with its reason where the data allow none, and one value a bar of each view
 * @throws {InvalidInputError} fewer than 60 bars, lengths differ, a price is not positive, a leg is
 *   constant, or the hedge method has no answer
 *
 * Cost: O(n · (lags² + windows)). Checked: its parts beside their own functions; the prefix law here.
 */
export function analysePair(
  bars: PairBars,
  options: PairAnalysisOptions,
  onProgress: (fraction: number) => void = () => undefined,
): PairAnalysis {
  const report = inSteps(onProgress);
  requireAlignedSeries(bars.closeY, bars.closeX, PAIR_ANALYSIS_BARS_MIN);
  const isLog = options.prices === "log";
  const y = isLog ? logPrices(bars.closeY) : bars.closeY;
  const x = isLog ? logPrices(bars.closeX) : bars.closeX;
  const { path, ...hedge } = hedgeFit(y, x, options.hedge);
  const spread = pairSpread(y, x, { ...hedge, path });
  const known = spread.subarray(hedge.firstBar);
  if (known.length < PAIR_ANALYSIS_BARS_MIN) {
    throw new InvalidInputError(
      "too-short",
      `the hedge ratio leaves ${known.length} bars of spread, ${PAIR_ANALYSIS_BARS_MIN} are needed`,
    );
  }
  report(PROGRESS.hedge);
  const tests = pairTests(y, x, known, (fraction) =>
    report(PROGRESS.hedge + (PROGRESS.tests - PROGRESS.hedge) * fraction),
  );
  report(PROGRESS.tests);
  const reversion = reversionFigures(known);
  const roundTripCost = tradingCost(bars, hedge.hedgeRatio, options);
  const riskFree = (options.riskFreeBps / 10_000) * (isLog ? 1 : bars.closeY.at(-1)!);
  const broken = answered(() => spreadCusum(known, options.hedge));
  report(PROGRESS.rest);
  const views = rollingViews({ y, x }, spread, options, (fraction) =>
    report(PROGRESS.rest + (1 - PROGRESS.rest) * fraction),
  );
  return {
    observations: y.length,
    hedge,
    tests,
    reversion,
    roundTripCost,
    thresholds: optimalThresholds(reversion.process, { cost: roundTripCost, riskFree }),
    signal: signalQuality({
      adfPValue: tests.find(({ name }) => name === "adf")!.pValue,
      correlation: views.correlation,
      beta: views.beta,
      volumeY: bars.volumeY,
      volumeX: bars.volumeX,
    }),
    structuralBreak: breakFigures(broken.value, broken.reason, hedge.firstBar),
    views: {
      ...views,
      spread,
      hedgeRatio: path.hedgeRatio,
      cusum: cusumPath(spread.length, hedge.firstBar, broken.value),
    },
  };
}

/** Tells of whole percents only: each report is a message between threads. */
function inSteps(onProgress: (fraction: number) => void): (fraction: number) => void {
  let told = 0;
  return (fraction) => {
    if (fraction - told < 0.01) return;
    told = fraction;
    onProgress(fraction);
  };
}

/** Both legs are bought and sold: two trades of Y and two of X. With levels, at the last prices. */
function tradingCost(
  bars: PairBars,
  hedgeRatio: number,
  { costBps, prices }: PairAnalysisOptions,
): number {
  const notionalY = prices === "log" ? 1 : bars.closeY.at(-1)!;
  const notionalX = Math.abs(hedgeRatio) * (prices === "log" ? 1 : bars.closeX.at(-1)!);
  return (2 * (notionalY + notionalX) * costBps) / 10_000;
}

function breakFigures(
  found: Cusum | null,
  reason: InvalidInputCode | null,
  firstBar: number,
): BreakFigures {
  if (found === null) return { statistic: null, pValue: null, breakIndex: null, reason };
  const { statistic, pValue, breakIndex } = found;
  return { statistic, pValue, breakIndex: firstBar + breakIndex, reason: null };
}

function cusumPath(length: number, firstBar: number, found: Cusum | null): Float64Array {
  const path = new Float64Array(length).fill(Number.NaN);
  if (found !== null) path.set(found.path, firstBar);
  return path;
}
