/**
 * Drawdown series: how far equity lies below its best so far, at every bar.
 *
 * drawdownₜ = 1 − equityₜ / max(initialEquity, equity₀ … equityₜ), held in [0, 1]: equity below
 * zero has lost everything, and no more than everything can be lost of a peak.
 *
 * @param equity equity after each bar, oldest first, quote currency
 * @param initialEquity equity before the first bar, positive
 * @returns one fraction a bar, 0 at a new high
 *
 * Cost: O(n).
 */
export function drawdownSeries(equity: Float64Array, initialEquity: number): Float64Array {
  const drawdown = new Float64Array(equity.length);
  let peak = initialEquity;
  for (let i = 0; i < equity.length; i++) {
    peak = Math.max(peak, equity[i]!);
    drawdown[i] = Math.min(1, 1 - equity[i]! / peak);
  }
  return drawdown;
}
