/** Why an input was refused; closed, so that every reason can be mapped to a sentence. */
export type InvalidInputCode =
  | "too-short"
  | "not-finite"
  | "length-mismatch"
  | "constant"
  | "collinear"
  | "out-of-range";

/**
 * Input refused: the mathematics has no honest answer for what the caller passed.
 *
 * `code` is stable and meant for programs, `message` is for people.
 */
export class InvalidInputError extends Error {
  readonly code: InvalidInputCode;

  constructor(code: InvalidInputCode, message: string) {
    super(message);
    this.name = "InvalidInputError";
    this.code = code;
  }
}
