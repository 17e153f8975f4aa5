import { z } from "zod";

/**
 * Everything that the world can refuse, as one closed list. Each layer maps it exhaustively
 * (`server/trpc.ts` to a tRPC code), so a new code does not compile until it is mapped.
 */
export const ErrorCode = z.enum([
  "unauthenticated",
  "forbidden",
  "not-found",
  "conflict",
  "invalid-input",
  "rate-limited",
  "too-large",
  "unsupported-file",
  "unavailable",
  "cancelled",
  "internal",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** An expected failure with a code; its message is safe to show to the person who asked. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** The field, row or frame that is at fault, where there is one. */
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; field?: string } = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.field = options.field;
  }
}
