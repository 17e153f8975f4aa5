/**
 * The last values of a stream as plain data: values[end − windowBars … end − 1], oldest first, once
 * `end` has reached `windowBars`.
 *
 * The room is twice the window, so that values are moved once in windowBars pushes; in order they
 * stay, so that what is worked out of them has the same bits as over a slice of the history.
 */
export type ValueWindow = {
  readonly windowBars: number;
  readonly values: Float64Array;
  end: number;
};

/**
 * An empty window.
 *
 * @param windowBars a whole number ≥ 1, checked by the caller
 */
export function createValueWindow(windowBars: number): ValueWindow {
  return { windowBars, values: new Float64Array(2 * windowBars), end: 0 };
}

/**
 * Takes a value in and lets the oldest go.
 *
 * @param window is written to
 * @param value finite
 * @returns whether the window is full
 *
 * Cost: O(1) on average.
 */
export function pushValue(window: ValueWindow, value: number): boolean {
  const { values, windowBars } = window;
  if (window.end === values.length) {
    values.copyWithin(0, windowBars + 1);
    window.end = windowBars - 1;
  }
  values[window.end] = value;
  window.end++;
  return window.end >= windowBars;
}

/**
 * Whether as many values have come as the window holds.
 *
 * @param window a window
 */
export function isFull(window: ValueWindow): boolean {
  return window.end >= window.windowBars;
}
