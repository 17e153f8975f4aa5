import { valueAtRisk } from "./value-at-risk.ts";

/**
 * Conditional value at risk (expected shortfall): the mean loss of the bars at or beyond the value
 * at risk.
 *
 * Minus mean(r | r ≤ −valueAtRisk).
 *
 * @param returns simple returns, one a bar
 * @param tail share of the worst bars, in (0, 1)
 * @returns a fraction, positive is a loss, at least the value at risk; null without returns
 *
 * Cost: O(n log n). Source: Rockafellar and Uryasev (2000). Checked: golden/performance.json.
 */
export function conditionalValueAtRisk(returns: Float64Array, tail = 0.05): number | null {
  const threshold = valueAtRisk(returns, tail);
  if (threshold === null) return null;
  let sum = 0;
  let count = 0;
  for (const value of returns) {
    if (value <= -threshold) {
      sum += value;
      count += 1;
    }
  }
  return -sum / count;
}
