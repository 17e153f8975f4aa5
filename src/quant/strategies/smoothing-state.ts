/** What an exponential average knows, as plain data. */
export type SmoothingState = { count: number; sum: number; average: number };

/** Before the first value. */
export function createSmoothing(): SmoothingState {
  return { count: 0, sum: 0, average: Number.NaN };
}

/**
 * Takes a value into an exponential average.
 *
 * @param state is written to
 * @param value finite
 * @param weight in (0, 1]
 * @param seedBars how many values the average begins with the mean of
 * @returns the average, NaN for the first seedBars − 1
 *
 * Cost: O(1). Convention: equals createExponentialSmoothing to the bit. Checked: against it in the test.
 */
export function stepSmoothing(
  state: SmoothingState,
  value: number,
  weight: number,
  seedBars: number,
): number {
  state.count++;
  if (state.count > seedBars) state.average += weight * (value - state.average);
  else {
    state.sum += value;
    if (state.count === seedBars) state.average = state.sum / seedBars;
  }
  return state.average;
}
