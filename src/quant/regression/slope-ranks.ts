/** The slopes between all pairs of points, by their order. */
export type SlopeRanks = {
  /** How many pairs have different x. */
  readonly slopes: number;
  /** The slope with that many smaller ones, 0 ≤ rank < slopes. */
  readonly slopeOfRank: (rank: number) => number;
};

/**
 * Slopes of all pairs of points by rank, without listing them.
 *
 * A slope is below s where, in the order of x, the later point has the smaller y − s x: counting
 * inversions ranks s, and halving the interval finds the s of a rank.
 *
 * @param y n values, best centred
 * @param x n values, best centred
 * @returns the number of slopes and the slope of a rank
 *
 * Cost: O(n log n) a count, about 60 counts a rank. Source: Matoušek, Mount, Netanyahu (1998).
 */
export function createSlopeRanks(y: Float64Array, x: Float64Array): SlopeRanks {
  const n = y.length;
  // Within equal x by y: such pairs are then never inverted, whatever the slope.
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => x[i]! - x[j]! || y[i]! - y[j]!,
  );
  const sortedX = Float64Array.from(order, (i) => x[i]!);
  const sortedY = Float64Array.from(order, (i) => y[i]!);
  const values = new Float64Array(n);
  const merged = new Float64Array(n);
  const below = (slope: number): number => {
    for (let i = 0; i < n; i++) values[i] = sortedY[i]! - slope * sortedX[i]!;
    return inversions(values, merged);
  };
  const steepest = largestSlope(sortedY, sortedX);
  return {
    slopes: (n * (n - 1)) / 2 - pairsOfEqual(sortedX),
    slopeOfRank: (rank) => {
      // Prices repeat: slopes of exactly zero are frequent, and halving would only come close.
      const negative = below(0);
      if (negative <= rank && below(Number.MIN_VALUE) > rank) return 0;
      let low = negative > rank ? -2 * steepest : 0;
      let high = negative > rank ? 0 : 2 * steepest;
      for (;;) {
        const middle = low + (high - low) / 2;
        if (!(middle > low && middle < high) || high - low <= 1e-16 * steepest) return middle;
        if (below(middle) > rank) high = middle;
        else low = middle;
      }
    },
  };
}

function largestSlope(y: Float64Array, x: Float64Array): number {
  // The steepest slope is between neighbours in x, or between ends of groups of equal x.
  let steepest = 0;
  let start = 0;
  let previous = 0;
  for (let i = 1; i < x.length; i++) {
    if (x[i] !== x[i - 1]) {
      previous = start;
      start = i;
    }
    if (start === 0) continue;
    for (const j of [previous, start - 1]) {
      steepest = Math.max(steepest, Math.abs((y[i]! - y[j]!) / (x[i]! - x[j]!)));
    }
  }
  return steepest;
}

function pairsOfEqual(sorted: Float64Array): number {
  let pairs = 0;
  let run = 0;
  for (let i = 1; i < sorted.length; i++) {
    run = sorted[i] === sorted[i - 1] ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Pairs i < j with values[i] > values[j], by merging; both arrays are overwritten. */
function inversions(values: Float64Array, merged: Float64Array): number {
  const n = values.length;
  let from = values;
  let to = merged;
  let count = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      for (let k = start; k < end; k++) {
        if (right >= end || (left < middle && from[left]! <= from[right]!)) {
          to[k] = from[left++]!;
        } else {
          to[k] = from[right++]!;
          count += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
