/** Places of windows to learn from and of those that tell when to stop. */
export type LatestShare = {
  readonly training: Int32Array;
  /** Later than all of the others; empty where none are asked for. */
  readonly validation: Int32Array;
};

/**
 * Sets the latest windows aside.
 *
 * Validation begins at the bar v at which the share is reached and has all windows that end at v or
 * later. A window before v is learned from only if its answer is known by v: bar + horizonBars ≤ v. The
 * answers of the two look at no bar in common.
 *
 * @param bars bar at which each window ends, in any order
 * @param horizonBars bars after it that its answer looks at
 * @param share of the windows that are set aside, in [0, 1)
 * @returns places, each oldest first and windows of one bar in the order given
 *
 * Cost: O(n log n).
 */
export function latestShare(bars: Int32Array, horizonBars: number, share: number): LatestShare {
  const order = Int32Array.from(bars, (_, place) => place);
  order.sort((a, b) => bars[a]! - bars[b]! || a - b);
  const count = Math.floor(bars.length * share);
  if (count === 0) return { training: order, validation: new Int32Array(0) };
  const firstBar = bars[order[order.length - count]!]!;
  return {
    training: order.filter(
      (place) => bars[place]! < firstBar && bars[place]! + horizonBars <= firstBar,
    ),
    validation: order.filter((place) => bars[place]! >= firstBar),
  };
}
