import {
  type BlockDeviations,
  createBlockDeviations,
  deviateBlock,
} from "../rolling/block-deviations.ts";
import { requireWindow } from "../rolling/window.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { requireSeries } from "../stats/require-series.ts";
import type { Annualisation } from "./sharpe-ratio.ts";

/**
 * Rolling Sharpe ratio: sharpeRatio of the last bars, at every bar.
 *
 * @param returns simple returns, finite, oldest first
 * @param windowBars length of the window, a whole number ≥ 2
 * @param annualisation bars of a year and the risk-free rate a bar
 * @returns one ratio a bar; NaN before the first full window and where the returns of the window do
 *   not vary
 * @throws {InvalidInputError} "not-finite"; "out-of-range": windowBars
 *
 * Cost: O(n). Convention: matches sharpeRatio of each window to 1e-9.
 */
export function rollingSharpeRatio(
  returns: Float64Array,
  windowBars: number,
  annualisation: Annualisation,
): Float64Array {
  const { periodsPerYear, riskFreeRatePerPeriod = 0 } = annualisation;
  return overBlocks(returns, windowBars, (mean, squares) =>
    isRoundingNoise(squares, windowBars, mean)
      ? Number.NaN
      : ((mean - riskFreeRatePerPeriod) / Math.sqrt(squares / (windowBars - 1))) *
        Math.sqrt(periodsPerYear),
  );
}

/**
 * Rolling volatility: annualisedVolatility of the last bars, at every bar.
 *
 * @param returns simple returns, finite, oldest first
 * @param windowBars length of the window, a whole number ≥ 2
 * @param periodsPerYear bars of a year
 * @returns one fraction a year a bar, 0 where the returns do not vary; NaN before the first full window
 * @throws {InvalidInputError} "not-finite"; "out-of-range": windowBars
 *
 * Cost: O(n). Convention: matches annualisedVolatility of each window to 1e-9.
 */
export function rollingVolatility(
  returns: Float64Array,
  windowBars: number,
  periodsPerYear: number,
): Float64Array {
  return overBlocks(returns, windowBars, (mean, squares) =>
    isRoundingNoise(squares, windowBars, mean)
      ? 0
      : Math.sqrt((squares / (windowBars - 1)) * periodsPerYear),
  );
}

/** A figure of mean and Σ (value − mean)² of every full window; NaN before the first. */
function overBlocks(
  values: Float64Array,
  windowBars: number,
  figure: (mean: number, squares: number) => number,
): Float64Array {
  requireWindow(windowBars, 2);
  requireSeries(values, { name: "returns", lengthMin: 0 });
  const result = new Float64Array(values.length).fill(Number.NaN);
  // A window that is never full needs no room, however long it was asked to be.
  if (windowBars > values.length) return result;
  const block: BlockDeviations = createBlockDeviations(windowBars);
  for (let start = 0; start < values.length; start += windowBars) {
    deviateBlock(block, values, start);
    const bars = Math.min(windowBars, values.length - start);
    for (let i = 0; i < bars; i++) {
      if (start + i + 1 < windowBars) continue;
      const at = start + i;
      result[at] = figure(values[at]! - block.deviations[i]!, block.squares[i]!);
    }
  }
  return result;
}
