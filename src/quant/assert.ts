/**
 * Assertion of an invariant: stops the program when our own code is wrong.
 *
 * For what a caller may get wrong use InvalidInputError; a failed assertion is a bug.
 *
 * @param condition what must hold
 * @param message the invariant in words
 * @throws {Error} the condition is false
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant: ${message}`);
}
