/** What is wrong with a row of prices: the field at fault and why. */
export type RowFault = { readonly field: string; readonly reason: string };

/** Prices of a bar; NaN where the file has no such column. */
export type BarPrices = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/**
 * Adjusted prices are rounded one by one, so an open can pass the high by the last digit. A relative
 * excess below this is rounding.
 */
const ROUNDING = 1e-6;

/** The first thing that is wrong with the numbers of a bar, or null. */
export function priceFault(bar: BarPrices): RowFault | null {
  for (const field of ["open", "high", "low", "close"] as const) {
    if (bar[field] <= 0) return { field, reason: `${field} is not above zero` };
    if (bar[field] === Number.POSITIVE_INFINITY) return { field, reason: `${field} is not finite` };
  }
  if (bar.volume < 0) return { field: "volume", reason: "volume is negative" };
  if (bar.high < bar.low) return { field: "high", reason: "high is below low" };
  for (const field of ["open", "close"] as const) {
    if (bar[field] > bar.high * (1 + ROUNDING)) return { field, reason: `${field} is above high` };
    if (bar[field] < bar.low * (1 - ROUNDING)) return { field, reason: `${field} is below low` };
  }
  return null;
}
