import { randomUUID } from "node:crypto";
import type pino from "pino";
import { AppError, type ErrorCode } from "#contracts/error-code.ts";

const STATUS: Record<ErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "invalid-input": 400,
  "rate-limited": 429,
  "too-large": 413,
  "unsupported-file": 415,
  unavailable: 503,
  cancelled: 499,
  internal: 500,
};

/** Answer to a request that failed: `{ code, message, field, errorId }`. What nobody expected is logged. */
export function errorAnswer(error: unknown, log: pino.Logger): Response {
  if (error instanceof AppError && error.code !== "internal") {
    const { code, message, field = null } = error;
    return Response.json({ code, message, field, errorId: null }, { status: STATUS[code] });
  }
  const errorId = randomUUID().slice(0, 8);
  log.error({ err: error, errorId }, "request failed");
  const message = `Something went wrong on our side. The log has it as ${errorId}`;
  return Response.json({ code: "internal", message, field: null, errorId }, { status: 500 });
}
