/** Moments of growing runs of bars: element i is of the first i + 1. */
export type LineMoments = {
  readonly meanX: Float64Array;
  readonly meanY: Float64Array;
  /** Σ (x − meanX)². */
  readonly sxx: Float64Array;
  /** Σ (x − meanX)(y − meanY). */
  readonly sxy: Float64Array;
};

/**
 * Room for the moments of a run.
 *
 * @param length bars of the longest run
 * @returns zeros
 *
 * Cost: O(length).
 */
export function createLineMoments(length: number): LineMoments {
  return {
    meanX: new Float64Array(length),
    meanY: new Float64Array(length),
    sxx: new Float64Array(length),
    sxy: new Float64Array(length),
  };
}
