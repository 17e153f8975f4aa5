import { optics } from "#quant/clustering/optics.ts";
import { johansen } from "#quant/cointegration/johansen.ts";
import { kalmanHedgeRatio } from "#quant/kalman/kalman-hedge-ratio.ts";
import { pairSpread } from "#quant/pair-analysis/pair-spread.ts";
import { rollingOls } from "#quant/regression/rolling-ols.ts";
import { fastRollingZScore } from "#quant/stats/fast-rolling-z-score.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { fusedBacktest } from "./fused-backtest.ts";
import { type Timing, timing } from "./stopwatch.ts";
import { walks } from "./walks.ts";

const WINDOW_BARS = 60;
const MILLION = 1_000_000;

function within(name: string, time: Timing, limit: number, unit: "µs" | "ms"): Figure[] {
  const perSecond = unit === "µs" ? 1e6 : 1e3;
  return [
    atMost(name, time.best * perSecond, limit, unit),
    observed(`${name}, median`, time.median * perSecond, unit),
  ];
}

/** The other figures of a universe's statistics, each on one core. */
export function statistics(): readonly Figure[] {
  const [y, x] = twoWalks(1_000);
  const [longY, longX] = twoWalks(8_760);
  const kalman = {
    processVariance: { hedgeRatio: 1e-5, intercept: 1e-5 },
    observationVariance: 1e-3,
  };
  return [
    ...within(
      "Johansen, n = 2, T = 1000",
      timing(() => johansen([y, x]), 200, 50),
      30,
      "µs",
    ),
    ...within(
      "Kalman hedge with log-likelihood, T = 8760",
      timing(() => kalmanHedgeRatio(longY, longX, kalman), 60, 10),
      200,
      "µs",
    ),
    ...within("OPTICS, 500 × 5", opticsTiming(500, 20), 10, "ms"),
    ...within("OPTICS, 2000 × 5", opticsTiming(2_000, 8), 90, "ms"),
    ...within("rolling OLS and z-score, 1,000,000 bars", rollingTiming(), 45, "ms"),
    ...fusedBacktest(),
  ];
}

function twoWalks(bars: number): readonly [Float64Array, Float64Array] {
  const [y, x] = walks(2, bars);
  if (y === undefined || x === undefined) throw new Error("Invariant: there are two walks");
  return [y, x];
}

/** Points about centres, and a quarter of them anywhere. */
function opticsTiming(rows: number, runs: number): Timing {
  const { uniform, gaussian } = createRandom(2);
  const columns = 5;
  const values = Float64Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    return row % 4 === 0 ? 10 * uniform() : (row % 9) + 0.2 * gaussian();
  });
  return timing(() => optics({ rows, columns, values }), runs);
}

/** A line a bar, the spread from it, and the z-score of that: what a pair's page shows of its past. */
function rollingTiming(): Timing {
  const [y, x] = twoWalks(MILLION);
  return timing(() => {
    const { slopes, intercepts } = rollingOls(y, x, { windowBars: WINDOW_BARS });
    const path = { hedgeRatio: slopes, intercept: intercepts };
    const spread = pairSpread(y, x, { path });
    fastRollingZScore(spread.subarray(WINDOW_BARS - 1), WINDOW_BARS);
  }, 40);
}
