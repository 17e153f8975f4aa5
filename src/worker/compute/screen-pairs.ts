import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LagOption } from "#quant/cointegration/lag-selection.ts";
import {
  createCompiledPairKernel,
  type PairKernelExports,
} from "#quant/kernels/compiled-pair-kernel.ts";
import { screenGrid } from "#quant/kernels/grid-screen.ts";
import type { PairKernel } from "#quant/kernels/pair-kernel.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import { pairResultsIn } from "#quant/kernels/pair-results.ts";
import { createPlainPairKernel } from "#quant/kernels/plain-pair-kernel.ts";
import { seriesGridIn } from "#quant/kernels/series-grid.ts";

/** Compiled by scripts/build-kernels.ts, which `npm start` and `npm test` run. */
const COMPILED = path.resolve(import.meta.dirname, "../../../.cache/kernels/pair-kernel.wasm");

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
  kernel ??= loadKernel();
  const { length, seriesCount, start, end, lags, significance } = input;
  screenGrid(
    seriesGridIn(input.grid, length, seriesCount),
    { start, end },
    pairResultsIn(input.results, pairCount(seriesCount)),
    { lags, significance },
    kernel,
  );
}

/** The plain kernel has the same bits, so a result does not tell which one made it. */
function loadKernel(): PairKernel {
  if (!existsSync(COMPILED)) return createPlainPairKernel();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(COMPILED)));
  return createCompiledPairKernel(exports as PairKernelExports & WebAssembly.Exports);
}
