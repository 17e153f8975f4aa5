import { createRandom } from "../synthetic/random.ts";
import type { LivePair, LivePairBar } from "./live-pair.ts";
import type { LiveHedgeMethod, LivePairOptions } from "./live-pair-options.ts";

/** Options of a test: one-second bars, a buffer of 200 and a z-score of 20 bars. */
export function testOptions(
  hedge: LiveHedgeMethod,
  changes: Partial<LivePairOptions> = {},
): LivePairOptions {
  return {
    intervalMs: 1_000,
    prices: "log",
    hedge,
    zScoreWindowBars: 20,
    bufferBars: 200,
    carryBarsMax: 0,
    ...changes,
  };
}

/** A method of each kind. */
export const HEDGES: readonly LiveHedgeMethod[] = [
  { kind: "rolling-ols", windowBars: 40, intercept: true },
  { kind: "rolling-ols", windowBars: 40, intercept: false },
  { kind: "buffer" },
  { kind: "kalman", delta: 1e-4, observationVariance: 1e-4 },
];

/**
 * Bars of a cointegrated pair with holes in time and spells in which X stands still.
 *
 * @param options.stillFrom first bar of such a spell, of stillBars bars
 */
export function pairBars(
  n: number,
  seed: number,
  options: { readonly stillFrom?: number; readonly stillBars?: number } = {},
): LivePairBar[] {
  const { stillFrom = n, stillBars = 0 } = options;
  const random = createRandom(seed);
  let timeMs = 1_700_000_000_000;
  let level = 4;
  let deviation = 0;
  return Array.from({ length: n }, (_, t) => {
    timeMs += 1_000 * (random.uniform() < 0.05 ? 3 : 1);
    const isStill = t >= stillFrom && t < stillFrom + stillBars;
    if (!isStill) level += 0.002 * random.gaussian();
    deviation = 0.9 * deviation + 0.001 * random.gaussian();
    return {
      openTimeMs: timeMs,
      closeY: Math.exp(1 + 0.8 * level + deviation),
      closeX: Math.exp(level),
      volumeY: 1 + random.uniform(),
      volumeX: 1 + random.uniform(),
    };
  });
}

/** Closes of bars as two series. */
export function closesOf(bars: readonly LivePairBar[]): {
  closeY: Float64Array;
  closeX: Float64Array;
} {
  return {
    closeY: Float64Array.from(bars, ({ closeY }) => closeY),
    closeX: Float64Array.from(bars, ({ closeX }) => closeX),
  };
}

/** Steps a pair through bars. */
export function stepped(pair: LivePair, bars: readonly LivePairBar[]): LivePair {
  for (const bar of bars) pair.step(bar);
  return pair;
}
