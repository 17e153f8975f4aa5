import { InvalidInputError } from "../invalid-input-error.ts";
import { riskFreeRatePerPeriod } from "../performance/risk-free-rate.ts";
import type { ReportedRun } from "./reported-run.ts";

/**
 * What a run is held against. "hold" buys the instruments in equal amounts and keeps them: one series is
 * buy and hold, the legs of a pair are their equal-weight portfolio. Each close series is on the axis of
 * the whole run (its instruments' closes, or closeOnAxis), NaN where there is none. "cash" earns a rate.
 */
export type Benchmark =
  | { readonly kind: "hold"; readonly closes: readonly Float64Array[] }
  | { readonly kind: "cash"; readonly rateAnnual: number };

/**
 * Equity of a benchmark that begins with the run's cash when the run does.
 *
 * An instrument is bought at its last close before the first traded bar or, where it has none, at its
 * first close after, until when its share is cash without interest; it is valued at its last close,
 * without costs, and never sold or rebalanced. Cash compounds by the same rate every bar, so a missing bar
 * earns nothing and a year is that of periodsPerYear: 365 days, or 252 sessions.
 *
 * @param reported the run
 * @param benchmark what to hold
 * @returns equity after each traded bar; null when an instrument never has a close
 * @throws {InvalidInputError} "too-short" without an instrument, "length-mismatch" for closes that are not
 *   on the axis, "out-of-range" for a rate of −1 or less
 *
 * Cost: O(bars · instruments).
 */
export function benchmarkEquity(reported: ReportedRun, benchmark: Benchmark): Float64Array | null {
  const { run, initialCash, tradingStartBar, periodsPerYear } = reported;
  const bars = run.openTimeMs.length;
  if (benchmark.kind === "cash") {
    const rate = Math.log1p(riskFreeRatePerPeriod(benchmark.rateAnnual, periodsPerYear));
    return Float64Array.from(
      { length: bars - tradingStartBar },
      (_, i) => initialCash * Math.exp(rate * (i + 1)),
    );
  }
  const { closes } = benchmark;
  if (closes.length === 0) {
    throw new InvalidInputError("too-short", "a benchmark holds at least one instrument");
  }
  if (closes.some(({ length }) => length !== bars)) {
    throw new InvalidInputError(
      "length-mismatch",
      "closes of a benchmark are not on the run's bars",
    );
  }
  const equity = new Float64Array(bars - tradingStartBar);
  for (const close of closes) {
    const growth = growthOf(close, tradingStartBar);
    if (growth === null) return null;
    for (let i = 0; i < equity.length; i++) {
      equity[i]! += (initialCash / closes.length) * growth[i]!;
    }
  }
  return equity;
}

/** Worth of one unit of money after each traded bar; 1 until there is a close. */
function growthOf(close: Float64Array, startBar: number): Float64Array | null {
  let bought = Number.NaN;
  for (let bar = startBar - 1; bar >= 0 && Number.isNaN(bought); bar--) bought = close[bar]!;
  let last = bought;
  const growth = close.subarray(startBar).map((price) => {
    if (!Number.isNaN(price)) last = price;
    if (Number.isNaN(bought)) bought = last;
    return Number.isNaN(bought) ? 1 : last / bought;
  });
  return Number.isNaN(bought) ? null : growth;
}
