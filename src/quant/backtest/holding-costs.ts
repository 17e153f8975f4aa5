/** Funding of a perpetual: longs pay a positive rate on their notional, shorts receive it. */
export type FundingTerms =
  | {
      /** The same rate at every multiple of `everyMs` since the epoch (Binance: 8 h). */
      readonly kind: "constant";
      readonly rate: number;
      readonly everyMs: number;
    }
  | {
      /** Rates of their moments, ascending. */
      readonly kind: "series";
      readonly timeMs: Float64Array;
      readonly rate: Float64Array;
    };

/**
 * Dividends by ex-date, ascending: quote currency a unit, received by longs and paid by shorts. For raw
 * prices only: adjusted ones contain them.
 */
export type DividendTerms = { readonly timeMs: Float64Array; readonly perUnit: Float64Array };

/** A year of borrow; interest runs on calendar days, and 365 of them are a year here. */
const YEAR_MS = 365 * 24 * 3_600_000;

/**
 * Funding due at the open of every bar: the sum of the rates after the open of the bar before, up to
 * and including its own. Nothing is due at the first bar.
 *
 * @param openTimeMs open times, ascending
 * @param terms the rates
 * @returns fraction of notional a bar
 *
 * Cost: O(bars + rates).
 */
export function fundingDue(openTimeMs: Float64Array, terms: FundingTerms): Float64Array {
  if (terms.kind === "series") return sumsDue(openTimeMs, terms.timeMs, terms.rate);
  return openTimeMs.map((time, bar) => {
    if (bar === 0) return 0;
    const moments =
      Math.floor(time / terms.everyMs) - Math.floor(openTimeMs[bar - 1]! / terms.everyMs);
    return moments * terms.rate;
  });
}

/**
 * Dividends due at the open of every bar, as {@link fundingDue}.
 *
 * @returns quote currency a unit and bar
 */
export function dividendsDue(openTimeMs: Float64Array, terms: DividendTerms): Float64Array {
  return sumsDue(openTimeMs, terms.timeMs, terms.perUnit);
}

/**
 * Borrow due at the open of every bar for the time since the open of the bar before.
 *
 * @param openTimeMs open times, ascending
 * @param rateAnnual fraction of the notional a year of 365 days
 * @returns fraction of notional a bar
 */
export function borrowDue(openTimeMs: Float64Array, rateAnnual: number): Float64Array {
  return openTimeMs.map((time, bar) =>
    bar === 0 ? 0 : (rateAnnual * (time - openTimeMs[bar - 1]!)) / YEAR_MS,
  );
}

function sumsDue(
  openTimeMs: Float64Array,
  timeMs: Float64Array,
  amount: Float64Array,
): Float64Array {
  let next = 0;
  return openTimeMs.map((time, bar) => {
    let sum = 0;
    for (; next < timeMs.length && timeMs[next]! <= time; next++) {
      if (bar > 0) sum += amount[next]!;
    }
    return sum;
  });
}
