import { InvalidInputError } from "../invalid-input-error.ts";
import { isRecord } from "./arguments.ts";
import { CALLS } from "./calls.ts";
import type { DoorCall } from "./door-call.ts";
import { DoorError, type DoorErrorCode } from "./door-error.ts";
import { type Json, jsonResult } from "./json-result.ts";

/** What goes back for one request: a result, or why there is none. */
export type DoorAnswer =
  | { readonly result: Readonly<Record<string, Json>> }
  | { readonly error: { readonly code: DoorErrorCode; readonly message: string } };

/**
 * Answer of the door: one call by name on JSON arguments.
 *
 * @param request `{ call, args }` as parsed from JSON
 * @returns the result as JSON, or an error with a code; only our own faults are thrown
 */
export function answerCall(request: unknown): DoorAnswer {
  let called: DoorCall | undefined;
  try {
    const { name, args } = readRequest(request);
    called = CALLS.get(name);
    if (called === undefined) {
      const names = [...CALLS.keys()].join(", ");
      throw new DoorError("unknown-call", `there is no call ${name}; there are ${names}`);
    }
    return { result: jsonResult(called.answer(args)) };
  } catch (error) {
    if (error instanceof DoorError) return refusal(error.code, error.message);
    if (error instanceof InvalidInputError) return refusal(codeOf(error, called), error.message);
    throw error;
  }
}

function readRequest(request: unknown): { readonly name: string; readonly args: unknown } {
  if (!isRecord(request)) throw new DoorError("bad-argument", "a request is an object");
  const { call, args = {}, ...others } = request;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new DoorError("bad-argument", `a request has call and args, not ${other}`);
  }
  if (typeof call !== "string") throw new DoorError("bad-argument", "call must be a name");
  return { name: call, args };
}

function refusal(code: DoorErrorCode, message: string): DoorAnswer {
  return { error: { code, message } };
}

function codeOf({ code }: InvalidInputError, called: DoorCall | undefined): DoorErrorCode {
  if (code === "out-of-range") return "bad-argument";
  return code === "collinear" ? (called?.dependence ?? code) : code;
}
