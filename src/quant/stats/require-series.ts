import { InvalidInputError } from "../invalid-input-error.ts";
import { total } from "../linalg/total.ts";

/**
 * Entry check of a series: long enough and finite throughout.
 *
 * @param values the series, oldest first
 * @param options.name how the message calls it
 * @param options.lengthMin fewest values that the caller can work with
 * @throws {InvalidInputError} "too-short" or "not-finite"; the message names the first bad index
 */
export function requireSeries(
  values: Float64Array,
  options: { readonly name: string; readonly lengthMin: number },
): void {
  if (values.length < options.lengthMin) {
    throw new InvalidInputError(
      "too-short",
      `${options.name} has ${values.length} values, at least ${options.lengthMin} are required`,
    );
  }
  // Half the time of asking each value; a sum that overflows is looked into all the same.
  if (Number.isFinite(total(values))) return;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new InvalidInputError("not-finite", `${options.name} is not finite at index ${i}`);
    }
  }
}

/**
 * Entry check of two aligned series: equal lengths, long enough and finite throughout.
 *
 * @param y first series, oldest first
 * @param x second series, aligned with y
 * @param lengthMin fewest values that the caller can work with
 * @param names how messages call them; y and x unless told
 * @throws {InvalidInputError} "length-mismatch", "too-short" or "not-finite"
 */
export function requireAlignedSeries(
  y: Float64Array,
  x: Float64Array,
  lengthMin: number,
  names: readonly [string, string] = ["y", "x"],
): void {
  const [nameY, nameX] = names;
  if (y.length !== x.length) {
    throw new InvalidInputError(
      "length-mismatch",
      `${nameY} has ${y.length} values and ${nameX} has ${x.length}, they must be aligned`,
    );
  }
  requireSeries(y, { name: nameY, lengthMin });
  requireSeries(x, { name: nameX, lengthMin });
}
