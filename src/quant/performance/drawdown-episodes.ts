/**
 * One fall of an equity curve, from the bar after a high to the bar that reaches it again. Indexes count
 * bars, −1 is the moment before the first. `depth` is a fraction of the peak in (0, 1]; a fall that is
 * still open has no recovery. `bars` is how long equity was below the peak, the recovery not counted,
 * `fallBars` and `recoveryBars` are its parts to the trough and from there.
 */
export type DrawdownEpisode = {
  readonly depth: number;
  readonly peakIndex: number;
  readonly startIndex: number;
  readonly troughIndex: number;
  readonly recoveryIndex: number | null;
  readonly bars: number;
  readonly fallBars: number;
  readonly recoveryBars: number | null;
};

/**
 * Drawdown episodes: the deepest falls of an equity curve, each with its beginning, bottom and end.
 *
 * @param equity equity after each bar, oldest first
 * @param initialEquity equity before the first bar, positive: it is the first peak
 * @param countMax how many of them, ≥ 0
 * @returns the deepest first, of equal depth the earlier first
 *
 * Cost: O(n + episodes · log episodes). Convention: the first one is that of maximumDrawdown.
 */
export function drawdownEpisodes(
  equity: Float64Array,
  initialEquity: number,
  countMax: number,
): readonly DrawdownEpisode[] {
  const episodes: DrawdownEpisode[] = [];
  let peak = initialEquity;
  let peakIndex = -1;
  let troughIndex = -1;
  const end = (until: number, recoveryIndex: number | null): void => {
    const startIndex = peakIndex + 1;
    episodes.push({
      // No more than everything can be lost of a peak; see drawdownSeries.
      depth: Math.min(1, 1 - equity[troughIndex]! / peak),
      peakIndex,
      startIndex,
      troughIndex,
      recoveryIndex,
      bars: until - startIndex,
      fallBars: troughIndex - peakIndex,
      recoveryBars: recoveryIndex === null ? null : recoveryIndex - troughIndex,
    });
  };
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    if (value >= peak) {
      if (troughIndex >= 0) end(i, i);
      peak = value;
      peakIndex = i;
      troughIndex = -1;
    } else if (troughIndex < 0 || value < equity[troughIndex]!) {
      troughIndex = i;
    }
  }
  if (troughIndex >= 0) end(equity.length, null);
  return episodes
    .sort((a, b) => b.depth - a.depth || a.startIndex - b.startIndex)
    .slice(0, countMax);
}
