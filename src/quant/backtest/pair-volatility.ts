/** Fewer returns than this share of a window say nothing of its volatility. */
const KNOWN_SHARE_MIN = 0.5;

/**
 * Volatility of a pair: the standard deviation (n − 1) of return Y − worthRatio · return X a bar.
 *
 * @param closeY closes of leg Y; NaN is a gap
 * @param closeX closes of leg X, aligned
 * @param options.bar last bar that is looked at
 * @param options.windowBars returns that are looked at, ending there
 * @param options.worthRatio worth of leg X for one of leg Y
 * @returns fraction of the worth of leg Y a bar; null when fewer than half of the returns (or two) exist
 *
 * Cost: O(windowBars).
 */
export function pairVolatility(
  closeY: Float64Array,
  closeX: Float64Array,
  options: { readonly bar: number; readonly windowBars: number; readonly worthRatio: number },
): number | null {
  const { bar, windowBars, worthRatio } = options;
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let t = Math.max(1, bar - windowBars + 1); t <= bar; t++) {
    const returnY = closeY[t]! / closeY[t - 1]! - 1;
    const returnX = closeX[t]! / closeX[t - 1]! - 1;
    const change = returnY - worthRatio * returnX;
    if (Number.isNaN(change)) continue;
    count++;
    const before = change - mean;
    mean += before / count;
    squares += before * (change - mean);
  }
  if (count < 2 || count < KNOWN_SHARE_MIN * windowBars) return null;
  return Math.sqrt(squares / (count - 1));
}
