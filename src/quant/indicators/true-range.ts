import { type Bar, finite } from "./incremental.ts";

/**
 * True range of a bar: how far the price went, the gap from the close before included.
 *
 * max(high, previous close) − min(low, previous close).
 *
 * @param bar finite prices
 * @param previousClose close of the bar before; null for the first bar, whose range is high − low
 * @returns ≥ 0, unit of the prices
 * @throws {InvalidInputError} "not-finite"
 *
 * Cost: O(1). Source: Wilder (1978). Checked: golden/indicators.json.
 */
export function trueRange(bar: Bar, previousClose: number | null): number {
  const high = Math.max(bar.high, previousClose ?? bar.high);
  const low = Math.min(bar.low, previousClose ?? bar.low);
  return finite(high) - finite(low);
}
