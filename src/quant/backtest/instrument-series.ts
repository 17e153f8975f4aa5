import type { InstrumentSeries } from "./market-bars.ts";

/** Columns of one instrument as a store has them: NaN where a bar lacks a value. */
export type StoredColumns = {
  readonly openTimeMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

/**
 * Series of an instrument as backtests take it, bar by bar: a bar without an open is filled at its close,
 * one without a high or low has no more inside than open and close, and one without a volume among others
 * that have one traded nothing that is known of. What a bar lacks changes no other bar. A column without a
 * single value is none.
 *
 * @param columns as stored
 * @param options.isCloseOnly whether its opens, highs and lows are not to be believed
 * @param options.copy makes a column that may be written to, in the memory that the caller wants
 * @returns columns that lack nothing are the same memory
 *
 * Cost: O(n).
 */
export function instrumentSeries(
  { openTimeMs, open, high, low, close, volume }: StoredColumns,
  options: {
    readonly isCloseOnly: boolean;
    readonly copy: (column: Float64Array) => Float64Array;
  },
): InstrumentSeries {
  const filled = (column: Float64Array, missing: (bar: number) => number): Float64Array | null => {
    if (!column.some(Number.isFinite)) return null;
    if (!column.some(Number.isNaN)) return column;
    const whole = options.copy(column);
    for (let bar = 0; bar < whole.length; bar++) {
      if (Number.isNaN(whole[bar])) whole[bar] = missing(bar);
    }
    return whole;
  };
  const opens = options.isCloseOnly ? null : filled(open, (bar) => close[bar]!);
  const volumes = filled(volume, () => 0);
  if (opens === null) {
    return { openTimeMs, open: null, high: null, low: null, close, volume: volumes };
  }
  const highs = filled(high, (bar) => Math.max(opens[bar]!, close[bar]!));
  const lows = filled(low, (bar) => Math.min(opens[bar]!, close[bar]!));
  const hasInside = highs !== null && lows !== null;
  return {
    openTimeMs,
    open: opens,
    high: hasInside ? highs : null,
    low: hasInside ? lows : null,
    close,
    volume: volumes,
  };
}
