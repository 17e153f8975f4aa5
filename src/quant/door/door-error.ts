import type { InvalidInputCode } from "../invalid-input-error.ts";

/** Why a call has no result; closed, one word for programs. */
export type DoorErrorCode =
  | Exclude<InvalidInputCode, "out-of-range">
  | "singular"
  | "unknown-call"
  | "bad-argument";

/**
 * Call refused at the door: no such call, or an argument that it does not have or cannot take.
 *
 * What the mathematics refuses is an InvalidInputError; answerCall gives both a code.
 */
export class DoorError extends Error {
  readonly code: DoorErrorCode;

  constructor(code: DoorErrorCode, message: string) {
    super(message);
    this.name = "DoorError";
    this.code = code;
  }
}
