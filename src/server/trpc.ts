import { randomUUID } from "node:crypto";
import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError, type ErrorCode } from "#contracts/error-code.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import type { Context } from "./context.ts";
import { type RateLimitRule, requireRateLimit } from "./rate-limit-rules.ts";

const TRPC_CODES: Record<ErrorCode, TRPCError["code"]> = {
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "invalid-input": "BAD_REQUEST",
  "rate-limited": "TOO_MANY_REQUESTS",
  "too-large": "PAYLOAD_TOO_LARGE",
  "unsupported-file": "UNSUPPORTED_MEDIA_TYPE",
  unavailable: "SERVICE_UNAVAILABLE",
  cancelled: "CLIENT_CLOSED_REQUEST",
  internal: "INTERNAL_SERVER_ERROR",
};

/** A fault of ours that the log has under an id; the person is shown the id and nothing else. */
class ReportedError extends Error {
  readonly errorId: string;

  constructor(errorId: string, cause: unknown) {
    super(`Something went wrong on our side. The log has it as ${errorId}`, { cause });
    this.errorId = errorId;
  }
}

/** A stream says every so often that it is alive, and a client that hears nothing for long opens another. */
const STREAM_PING_MS = 10_000;
const STREAM_SILENCE_MS = 30_000;

const t = initTRPC.context<Context>().create({
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: STREAM_PING_MS },
    client: { reconnectAfterInactivityMs: STREAM_SILENCE_MS },
  },
  errorFormatter: ({ shape, error }) => {
    const told = { ...shape.data, appCode: null, field: null, errorId: null };
    const { cause } = error;
    if (cause instanceof AppError) {
      return { ...shape, data: { ...told, appCode: cause.code, field: cause.field ?? null } };
    }
    if (cause instanceof ReportedError) {
      return { ...shape, data: { ...told, appCode: "internal", errorId: cause.errorId } };
    }
    if (cause instanceof ZodError) {
      const [issue] = cause.issues;
      const data = { ...told, appCode: "invalid-input", field: issue?.path.join(".") || null };
      return { ...shape, message: issue?.message ?? "The input is not valid", data };
    }
    // Whatever else failed before a procedure ran: its message may tell of our insides.
    const hidden = error.code === "INTERNAL_SERVER_ERROR";
    return { ...shape, message: hidden ? "Something went wrong" : shape.message, data: told };
  },
});

/** The error as a client may see it; what nobody expected is logged under an id first. */
function toClientError(error: TRPCError, { log }: Context, path: string): TRPCError {
  const { cause } = error;
  if (cause instanceof AppError && cause.code !== "internal") {
    return new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  }
  if (cause instanceof InvalidInputError) {
    const known = new AppError("invalid-input", cause.message, { cause });
    return new TRPCError({ code: "BAD_REQUEST", message: known.message, cause: known });
  }
  if (error.code !== "INTERNAL_SERVER_ERROR") return error;
  const reported = new ReportedError(randomUUID().slice(0, 8), cause ?? error);
  log.error(
    { err: cause ?? error, procedure: path, errorId: reported.errorId },
    "procedure failed",
  );
  return new TRPCError({ code: error.code, message: reported.message, cause: reported });
}

/** The error that ends a stream as its reader may see it: it is thrown after the procedure has answered. */
export function toStreamError(error: unknown, context: Context, path: string): TRPCError {
  if (error instanceof TRPCError) return toClientError(error, context, path);
  const unknown = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
  return toClientError(unknown, context, path);
}

export const { router, createCallerFactory } = t;

/** Anyone, signed in or not. */
export const publicProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (!result.ok) throw toClientError(result.error, ctx, path);
  return result;
});

/** A member of the workspace in any role: reads. */
export const memberProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.session === null) throw new AppError("unauthenticated", "Sign in first");
  const { viewer } = ctx.session;
  const { workspaceId, userId } = viewer;
  return next({
    ctx: { session: ctx.session, viewer, workspaceId, owner: { workspaceId, userId } },
  });
});

/** An editor or owner: makes and changes things. */
export const editorProcedure = memberProcedure.use(({ ctx, next }) => {
  if (ctx.viewer.role === "viewer") {
    throw new AppError("forbidden", "In this workspace you may look, but not change anything");
  }
  return next();
});

/** The owner: does what cannot be undone. */
export const ownerProcedure = memberProcedure.use(({ ctx, next }) => {
  if (ctx.viewer.role !== "owner") {
    throw new AppError("forbidden", "Only the owner of the workspace may do this");
  }
  return next();
});

/** Editor's procedure that enqueues a job. */
export const jobProcedure = editorProcedure.use(async ({ ctx, next }) => {
  await requireRateLimit(ctx.database, ctx.env, "job-workspace", ctx.workspaceId);
  return next();
});

/** Member's procedure that reads and thins a series: dear enough to be limited for each person. */
export const chartProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await requireRateLimit(ctx.database, ctx.env, "chart-user", ctx.viewer.userId);
  return next();
});

/** Public procedure with a limit for each address. */
export function limitedProcedure(rule: RateLimitRule) {
  return publicProcedure.use(async ({ ctx, next }) => {
    await requireRateLimit(ctx.database, ctx.env, rule, ctx.address);
    return next();
  });
}
