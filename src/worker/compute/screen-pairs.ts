import type { LagOption } from "#quant/cointegration/lag-selection.ts";
import { screenGrid } from "#quant/kernels/grid-screen.ts";
import type { PairKernel } from "#quant/kernels/pair-kernel.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import { pairResultsIn } from "#quant/kernels/pair-results.ts";
import { seriesGridIn } from "#quant/kernels/series-grid.ts";
import { loadPairKernel } from "./load-pair-kernel.ts";

/** A range of the pairs of a universe; grid and results are in memory that the threads share. */
export type ScreenPairsInput = {
  /** See seriesGridIn. */
  readonly grid: SharedArrayBuffer;
  readonly length: number;
  readonly seriesCount: number;
  /** See pairResultsIn; the pairs start … end − 1 are written. */
  readonly results: SharedArrayBuffer;
  readonly start: number;
  readonly end: number;
  readonly lags: LagOption;
  readonly significance: number;
};

let kernel: PairKernel | null = null;

/** Screens a range of pairs with the kernel of this thread. */
export function screenPairs(input: ScreenPairsInput): void {
  kernel ??= loadPairKernel();
  const { length, seriesCount, start, end, lags, significance } = input;
  screenGrid(
    seriesGridIn(input.grid, length, seriesCount),
    { start, end },
    pairResultsIn(input.results, pairCount(seriesCount)),
    { lags, significance },
    kernel,
  );
}
