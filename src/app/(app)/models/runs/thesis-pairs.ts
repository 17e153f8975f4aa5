import type { TimeWindow } from "#contracts/interval.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { THESIS_PAIRS } from "#contracts/thesis-comparison.ts";

const DAY_MS = 86_400_000;

type Priced = Pick<
  SeriesCoverage,
  "instrumentId" | "symbol" | "venue" | "intervalMs" | "firstOpenTimeMs" | "lastOpenTimeMs"
>;

/** What of the published pairs can be compared on the prices that were uploaded. */
export type ThesisPairs = {
  /** Pairs with daily prices over the whole span, by their instruments. */
  readonly books: readonly (readonly [number, number])[];
  /** Symbols of the pairs without daily prices, in order. */
  readonly missing: readonly string[];
  /** Symbols whose daily prices begin later or end sooner than the span, in order. */
  readonly short: readonly string[];
};

/** Finds the published pairs by their symbols among uploaded daily prices. Cost: O(series). */
export function findThesisPairs(series: readonly Priced[], window: TimeWindow): ThesisPairs {
  const daily = series.filter((one) => one.venue === "upload" && one.intervalMs === DAY_MS);
  const priced = new Set(daily.map(({ symbol }) => symbol));
  const whole = new Map(
    daily
      .filter(
        (one) =>
          one.firstOpenTimeMs < window.startMs + DAY_MS &&
          one.lastOpenTimeMs >= window.endMs - DAY_MS,
      )
      .map(({ symbol, instrumentId }) => [symbol, instrumentId]),
  );
  const symbols = [...new Set(THESIS_PAIRS.flat())].sort();
  return {
    books: THESIS_PAIRS.flatMap(([symbolY, symbolX]) => {
      const [y, x] = [whole.get(symbolY), whole.get(symbolX)];
      return y === undefined || x === undefined ? [] : [[y, x] as const];
    }),
    missing: symbols.filter((symbol) => !priced.has(symbol)),
    short: symbols.filter((symbol) => priced.has(symbol) && !whole.has(symbol)),
  };
}
