import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  createCompiledPairKernel,
  type PairKernelExports,
} from "#quant/kernels/compiled-pair-kernel.ts";
import { screenGrid } from "#quant/kernels/grid-screen.ts";
import type { PairKernel } from "#quant/kernels/pair-kernel.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import { pairResultsBytes, pairResultsIn } from "#quant/kernels/pair-results.ts";
import { seriesGridBytes, seriesGridIn, writeGridMoments } from "#quant/kernels/series-grid.ts";
import { buildKernels } from "../scripts/build-kernels.ts";
import { atLeast, type Figure, observed } from "./figure.ts";
import { type Timing, timing } from "./stopwatch.ts";
import { walks } from "./walks.ts";

const root = path.resolve(import.meta.dirname, "..");
const SERIES = 60;
const RUNS = 30;

async function compiledKernel(): Promise<PairKernel> {
  await buildKernels();
  const file = readFileSync(path.join(root, ".cache/kernels/pair-kernel.wasm"));
  const { instance } = await WebAssembly.instantiate(file);
  return createCompiledPairKernel(instance.exports as PairKernelExports & WebAssembly.Exports);
}

/** Seconds of one pair in both directions, with half-life and correlation, as a scan computes it. */
function pairTiming(kernel: PairKernel, bars: number): Timing {
  const grid = seriesGridIn(new ArrayBuffer(seriesGridBytes(bars, SERIES)), bars, SERIES);
  for (const [row, values] of walks(SERIES, bars).entries()) {
    grid.logCloses.set(values, row * bars);
    writeGridMoments(grid, row);
  }
  const count = pairCount(SERIES);
  const results = pairResultsIn(new ArrayBuffer(pairResultsBytes(count)), count);
  const options = { lags: { kind: "aic" }, significance: 0.05 } as const;
  const { best, median } = timing(
    () => screenGrid(grid, { start: 0, end: count }, results, options, kernel),
    RUNS,
  );
  return { best: best / count, median: median / count };
}

/** Engle–Granger in both directions on one core, and how many times faster than statsmodels that is. */
export async function pairTests(): Promise<readonly Figure[]> {
  const kernel = await compiledKernel();
  const figures: Figure[] = [];
  for (const { bars, pairsMin } of [
    { bars: 250, pairsMin: 90_000 },
    { bars: 1_000, pairsMin: 30_000 },
    { bars: 2_500, pairsMin: 12_000 },
  ]) {
    const { best, median } = pairTiming(kernel, bars);
    const name = `Engle–Granger, AIC, both directions, T = ${bars}`;
    figures.push(
      atLeast(name, 1 / best, pairsMin, "pairs/s"),
      observed(`${name}, median`, 1 / median, "pairs/s"),
    );
    const reference = statsmodelsSeconds(bars);
    if (reference === null) continue;
    figures.push(observed(`${name}, against statsmodels`, reference.best / best, "times"));
  }
  return figures;
}

const STATSMODELS = `
import sys, time, numpy
from statsmodels.tsa.stattools import coint
rng = numpy.random.default_rng(1)
bars = int(sys.argv[1])
for _ in range(9):
    y, x = 4 + 0.01 * rng.standard_normal((2, bars)).cumsum(axis=1)
    start = time.perf_counter()
    coint(y, x)
    coint(x, y)
    print(time.perf_counter() - start)
`;

/** The same of statsmodels, in the same run; null where there is none. */
function statsmodelsSeconds(bars: number): Timing | null {
  const run = spawnSync("python3", ["-W", "ignore", "-c", STATSMODELS, String(bars)], {
    encoding: "utf8",
    // One core, as for us.
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
  });
  if (run.status !== 0) return null;
  const seconds = run.stdout
    .trim()
    .split("\n")
    .map(Number)
    .sort((a, b) => a - b);
  return { best: seconds[0] ?? Number.NaN, median: seconds[4] ?? Number.NaN };
}
