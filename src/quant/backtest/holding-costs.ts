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
  const due = new Float64Array(openTimeMs.length);
  const { rate, everyMs } = terms;
  let before = Math.floor((openTimeMs[0] ?? 0) / everyMs);
  for (let bar = 1; bar < due.length; bar++) {
    const count = Math.floor(openTimeMs[bar]! / everyMs);
    due[bar] = (count - before) * rate;
    before = count;
  }
  return due;
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
  const due = new Float64Array(openTimeMs.length);
  for (let bar = 1; bar < due.length; bar++) {
    due[bar] = (rateAnnual * (openTimeMs[bar]! - openTimeMs[bar - 1]!)) / YEAR_MS;
  }
  return due;
}

function sumsDue(
  openTimeMs: Float64Array,
  timeMs: Float64Array,
  amount: Float64Array,
): Float64Array {
  const due = new Float64Array(openTimeMs.length);
  let bar = 0;
  for (let i = 0; i < timeMs.length; i++) {
    while (bar < due.length && openTimeMs[bar]! < timeMs[i]!) bar++;
    if (bar > 0 && bar < due.length) due[bar]! += amount[i]!;
  }
  return due;
}
