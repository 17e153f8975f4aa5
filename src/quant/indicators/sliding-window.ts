/** The last values of a stream, oldest first. */
export type SlidingWindow = {
  /** The values; all of them only once `push` has answered true. */
  readonly values: Float64Array;
  /** Takes one in and lets the oldest go; answers whether the window is full. */
  readonly push: (value: number) => boolean;
};

/**
 * Sliding window: what an indicator that looks at the last bars remembers between them.
 *
 * The values are moved rather than wrapped around, so that what is worked out of them has the same
 * order, and so the same bits, as over a slice of the history.
 *
 * @param lengthBars a whole number ≥ 1, checked by the caller
 * @returns an empty window
 *
 * Cost: O(lengthBars) a push, one block move.
 */
export function createSlidingWindow(lengthBars: number): SlidingWindow {
  const values = new Float64Array(lengthBars);
  let count = 0;
  return {
    values,
    push: (value) => {
      if (count < lengthBars) {
        values[count] = value;
        count++;
      } else {
        values.copyWithin(0, 1);
        values[lengthBars - 1] = value;
      }
      return count === lengthBars;
    },
  };
}
