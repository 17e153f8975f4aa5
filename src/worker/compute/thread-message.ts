import type { MessagePort } from "node:worker_threads";
import { AppError, type ErrorCode } from "#contracts/error-code.ts";
import { type InvalidInputCode, InvalidInputError } from "#quant/invalid-input-error.ts";
import type { SearchSoFar } from "#quant/learning/models/search-parameters.ts";
import type { ComputeTask } from "./compute-task.ts";

/** What the pool sends: a task, with a port for the bytes of its file if it reads one. */
export type ThreadRequest = { readonly task: ComputeTask; readonly source: MessagePort | null };

/** What a thread answers: progress and trials any number of times, then a result or a failure. */
export type ThreadResponse =
  | { readonly kind: "progress"; readonly fraction: number }
  | { readonly kind: "trial"; readonly soFar: SearchSoFar }
  | { readonly kind: "done"; readonly output: unknown }
  | { readonly kind: "failed"; readonly error: ThreadError };

/** Bytes on their way into a thread: null ends the file. */
export type SourceMessage = { readonly bytes: Uint8Array | null };

/** An error as plain data: classes do not survive the way between threads. */
export type ThreadError =
  | {
      readonly kind: "app";
      readonly code: ErrorCode;
      readonly message: string;
      readonly field: string | undefined;
    }
  | { readonly kind: "invalid-input"; readonly code: InvalidInputCode; readonly message: string }
  | { readonly kind: "bug"; readonly message: string; readonly stack: string };

/** An error as a thread sends it. */
export function threadError(error: unknown): ThreadError {
  if (error instanceof AppError) {
    return { kind: "app", code: error.code, message: error.message, field: error.field };
  }
  if (error instanceof InvalidInputError) {
    return { kind: "invalid-input", code: error.code, message: error.message };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "bug", message, stack: stack ?? "" };
}

/** The error that a thread sent, as its class again. */
export function errorFromThread(error: ThreadError): Error {
  switch (error.kind) {
    case "app":
      return new AppError(
        error.code,
        error.message,
        error.field === undefined ? {} : { field: error.field },
      );
    case "invalid-input":
      return new InvalidInputError(error.code, error.message);
    case "bug": {
      const bug = new Error(error.message);
      bug.stack = error.stack;
      return bug;
    }
  }
}
