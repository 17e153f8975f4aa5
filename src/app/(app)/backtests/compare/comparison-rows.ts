import type { BacktestComparison, MetricName } from "#contracts/backtest.ts";

/** Figures of which less is better. */
const LOWER_IS_BETTER: ReadonlySet<MetricName> = new Set([
  "annualisedVolatility",
  "drawdownMax",
  "drawdownDurationBars",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
  "turnover",
]);

/** Figures that are neither good nor bad by themselves. */
const NEITHER: ReadonlySet<MetricName> = new Set(["averageHoldingBars", "exposure", "tradeCount"]);

type Compared = Pick<BacktestComparison["backtests"][number], "metrics">;

/** Places of the best values of a figure; none where it has no better, or all are the same. */
export function bestPlaces(backtests: readonly Compared[], name: MetricName): ReadonlySet<number> {
  if (NEITHER.has(name)) return new Set();
  const values = backtests.map(({ metrics }) => metrics[name].value);
  const there = values.filter((value) => value !== null);
  if (there.length < 2) return new Set();
  const best = LOWER_IS_BETTER.has(name) ? Math.min(...there) : Math.max(...there);
  const places = values.flatMap((value, place) => (value === best ? [place] : []));
  return new Set(places.length === there.length ? [] : places);
}

/** Letters by which the compared are told apart, in the legend and on the lines. */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + place);
}
