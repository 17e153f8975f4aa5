/** Two rows of a grid; y stands before x. */
export type PairOfRows = { readonly y: number; readonly x: number };

/**
 * Number of pairs among so many series.
 *
 * @param seriesCount number of series
 * @returns n (n − 1) / 2
 */
export function pairCount(seriesCount: number): number {
  return (seriesCount * (seriesCount - 1)) / 2;
}

/**
 * The pair at a place of the order (0, 1), (0, 2), …, (1, 2), …: y moves slowest.
 *
 * @param index 0 … pairCount − 1
 * @param seriesCount number of series
 * @returns both rows
 *
 * Cost: O(1).
 */
export function pairAt(index: number, seriesCount: number): PairOfRows {
  const last = pairCount(seriesCount) - 1;
  // Counted from the end, the pairs of a row begin at triangular numbers.
  const fromEnd = last - index;
  const rowFromEnd = Math.floor((Math.sqrt(8 * fromEnd + 1) - 1) / 2);
  const y = seriesCount - 2 - rowFromEnd;
  const x = seriesCount - 1 - (fromEnd - pairCount(rowFromEnd + 1));
  return { y, x };
}

/**
 * All pairs among so many series.
 *
 * @param seriesCount number of series
 * @returns rows y and x of each pair in turn, in the order of pairAt
 *
 * Cost: O(n²).
 */
export function allPairs(seriesCount: number): Uint32Array {
  const pairs = new Uint32Array(2 * pairCount(seriesCount));
  let place = 0;
  for (let y = 0; y < seriesCount; y++) {
    for (let x = y + 1; x < seriesCount; x++) {
      pairs[place++] = y;
      pairs[place++] = x;
    }
  }
  return pairs;
}
