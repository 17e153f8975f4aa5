import { InvalidInputError } from "../../invalid-input-error.ts";

/** Bounds of a number: `from` and `to` belong to the range, `above` and `below` do not. */
export type NumberRange = {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
};

/**
 * Entry check of a number.
 *
 * @param name as the caller knows it
 * @param value any
 * @param range its bounds
 * @throws {InvalidInputError} "out-of-range"
 */
export function requireNumber(name: string, value: number, range: NumberRange): void {
  const { from, above, to, below } = range;
  const isInside =
    value >= (from ?? Number.NEGATIVE_INFINITY) &&
    value > (above ?? Number.NEGATIVE_INFINITY) &&
    value <= (to ?? Number.POSITIVE_INFINITY) &&
    value < (below ?? Number.POSITIVE_INFINITY);
  if (isInside) return;
  const lower = above === undefined ? `at least ${from}` : `above ${above}`;
  const upper = to === undefined ? `below ${below}` : `at most ${to}`;
  throw new InvalidInputError("out-of-range", `${name} must be ${lower} and ${upper}`);
}

/**
 * Entry check of a whole number.
 *
 * @param name as the caller knows it
 * @param value any
 * @param least the smallest allowed
 * @param most the largest allowed
 * @throws {InvalidInputError} "out-of-range"
 */
export function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new InvalidInputError(
    "out-of-range",
    `${name} must be a whole number from ${least} to ${most}`,
  );
}
