import { InvalidInputError } from "../invalid-input-error.ts";

/** How a record is resampled; the same options give the same numbers to the bit. */
export type ResamplingOptions = {
  /** Whole number in [0, 2³²). */
  readonly seed: number;
  /** How many records are drawn, 100 … 10,000; 1,000 unless told. */
  readonly replications?: number;
  /** Share of the drawn values inside an interval, in (0, 1); 0.95 unless told. */
  readonly confidence?: number;
};

/**
 * The longest record that is drawn from. With 1,000 replications these are 20 million steps, half
 * a second; a longer record is compounded into fewer steps, which the blocks of a bootstrap do not notice.
 */
export const STEPS_MAX = 20_000;

const REPLICATIONS_MIN = 100;
const REPLICATIONS_MAX = 10_000;

/**
 * Entry check of resampling options, with what is left to default.
 *
 * @param options from the caller
 * @returns all of them
 * @throws {InvalidInputError} "out-of-range": replications or confidence
 */
export function resamplingOptions(options: ResamplingOptions): Required<ResamplingOptions> {
  const { seed, replications = 1_000, confidence = 0.95 } = options;
  const isCount = Number.isInteger(replications);
  if (!(isCount && replications >= REPLICATIONS_MIN && replications <= REPLICATIONS_MAX)) {
    throw new InvalidInputError(
      "out-of-range",
      `replications must be a whole number from ${REPLICATIONS_MIN} to ${REPLICATIONS_MAX}`,
    );
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new InvalidInputError("out-of-range", "confidence must lie between 0 and 1");
  }
  return { seed, replications, confidence };
}

/**
 * Bars that are compounded into one step, so that a record has at most {@link STEPS_MAX} of them.
 *
 * @param bars of the record
 * @returns 1 for a record of no more than STEPS_MAX bars
 */
export function barsPerStep(bars: number): number {
  return Math.max(1, Math.ceil(bars / STEPS_MAX));
}

/**
 * Returns of steps of several bars each.
 *
 * @param returns simple returns, one a bar, oldest first
 * @param bars bars of a step, ≥ 1; the first step has what is left over
 * @returns simple returns, one a step; they compound to the same total
 *
 * Cost: O(n).
 */
export function stepReturns(returns: Float64Array, bars: number): Float64Array {
  if (bars === 1) return returns;
  const steps = Math.ceil(returns.length / bars);
  const first = returns.length - steps * bars;
  return Float64Array.from({ length: steps }, (_, step) => {
    let growth = 1;
    const from = first + step * bars;
    for (let i = Math.max(0, from); i < from + bars; i++) growth *= 1 + returns[i]!;
    return growth - 1;
  });
}
