import type { BarColumns } from "../strategies/strategy.ts";

/** A position left inside a bar. `isAtOpen`: the bar had opened beyond the stop. */
export type ProtectiveExit = {
  readonly kind: "stop" | "limit";
  readonly price: number;
  readonly isAtOpen: boolean;
};

/** Protective prices of one position; NaN is none. */
export type ProtectiveLevels = { readonly stop: number; readonly limit: number };

/**
 * Protective exit: whether a bar reaches the stop or the limit of a position, by the pessimistic path.
 *
 * The stop comes before the limit where a bar reaches both. A bar that opens beyond the stop fills at
 * its open, else the stop fills at its own price. The limit fills at its own price, also where the bar
 * opens beyond it, and only where the bar goes through it: one that is just touched may not fill.
 *
 * @param bars columns; a missing open is the close, a missing high or low the higher or lower of both
 * @param bar index; its close is finite
 * @param direction 1 of a long position, −1 of a short one
 * @param levels stop and limit, quote currency
 * @returns the exit at its price before slippage, or null
 */
export function protectiveExit(
  bars: BarColumns,
  bar: number,
  direction: number,
  levels: ProtectiveLevels,
): ProtectiveExit | null {
  const close = bars.close[bar]!;
  const open = known(bars.open[bar]!, close);
  const { stop, limit } = levels;
  const worst =
    direction > 0
      ? known(bars.low[bar]!, Math.min(open, close))
      : known(bars.high[bar]!, Math.max(open, close));
  if (direction * (worst - stop) <= 0) {
    const isAtOpen = direction * (open - stop) <= 0;
    return { kind: "stop", price: isAtOpen ? open : stop, isAtOpen };
  }
  const best =
    direction > 0
      ? known(bars.high[bar]!, Math.max(open, close))
      : known(bars.low[bar]!, Math.min(open, close));
  return direction * (best - limit) > 0 ? { kind: "limit", price: limit, isAtOpen: false } : null;
}

function known(value: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : value;
}
