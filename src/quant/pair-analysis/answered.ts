import { type InvalidInputCode, InvalidInputError } from "../invalid-input-error.ts";

/** A value, or the reason why the data allow none. */
export type Answered<Value> =
  | { readonly value: Value; readonly reason: null }
  | { readonly value: null; readonly reason: InvalidInputCode };

/**
 * Answered: a refusal of one measure as a value, so that the others of a pair are still told.
 *
 * @param compute the measure
 * @returns its value, or the code of its refusal
 */
export function answered<Value>(compute: () => Value): Answered<Value> {
  try {
    return { value: compute(), reason: null };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { value: null, reason: error.code };
  }
}
