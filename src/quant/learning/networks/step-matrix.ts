/** One array of all steps, and views of each: made once, so that no step makes any. */
export type StepMatrix = {
  readonly all: Float64Array;
  readonly at: readonly Float64Array[];
};

/**
 * Zeros for every step.
 *
 * @param steps ≥ 1
 * @param length numbers a step
 * @returns the array and its views
 */
export function stepMatrix(steps: number, length: number): StepMatrix {
  const all = new Float64Array(steps * length);
  const at = Array.from({ length: steps }, (_, t) => all.subarray(t * length, (t + 1) * length));
  return { all, at };
}
