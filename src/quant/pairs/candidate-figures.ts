import { type InvalidInputCode, InvalidInputError } from "../invalid-input-error.ts";

/** One direction of a test, as a table shows it. */
export type DirectionFigures = {
  readonly statistic: number;
  readonly pValue: number;
  readonly lags: number;
};

/** All that a funnel knows of one candidate; null where it was not needed or has no answer. */
export type CandidateFigures = {
  /** Why the pair cannot be tested at all, else null. */
  readonly refusal: InvalidInputCode | null;
  readonly observations: number;
  readonly hedgeRatio: number | null;
  readonly intercept: number | null;
  readonly yOnX: DirectionFigures | null;
  readonly xOnY: DirectionFigures | null;
  /** The p-value to be judged. */
  readonly pValue: number | null;
  readonly combinedPValue: number | null;
  readonly johansenPValue: number | null;
  readonly hurst: number | null;
  readonly halfLifeBars: number | null;
  readonly meanCrossings: number | null;
  /** Of the changes of both prices. */
  readonly correlation: number | null;
};

/**
 * Figures of a pair that has none.
 *
 * @param refusal why
 * @param observations bars that both legs have
 * @returns nulls
 */
export function refusedFigures(refusal: InvalidInputCode, observations: number): CandidateFigures {
  return {
    refusal,
    observations,
    hedgeRatio: null,
    intercept: null,
    yOnX: null,
    xOnY: null,
    pValue: null,
    combinedPValue: null,
    johansenPValue: null,
    hurst: null,
    halfLifeBars: null,
    meanCrossings: null,
    correlation: null,
  };
}

/**
 * The answer of a computation, null where the mathematics refuses its input.
 *
 * @param compute may throw InvalidInputError; any other error is a fault and passes through
 * @returns its result or null
 */
export function answerOrNull<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}
