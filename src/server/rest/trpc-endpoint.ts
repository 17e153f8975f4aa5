import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { MODEL_FILE_MAX } from "#contracts/model.ts";
import { createContext } from "../context.ts";
import { serverEnv } from "../env.ts";
import { processLog } from "../process-log.ts";
import { refuseOtherSites, requireBodyWithin, requireOwnOrigin } from "../request-guard.ts";
import { appRouter } from "../root.ts";
import { errorAnswer } from "./error-answer.ts";

/** The most calls in one request; the browser's client sends up to ten. */
const BATCH_MAX = 10;

/** Bytes of the largest request: a model's file, whose quotes are escaped on their way. */
const BODY_MAX = 1.25 * MODEL_FILE_MAX;

/**
 * All of tRPC. A GET can only query (tRPC refuses mutations there); a POST must be the interface's own. It may
 * query too: what is asked may be longer than an address can be.
 */
export async function trpcEndpoint(request: Request): Promise<Response> {
  try {
    if (request.method === "GET") refuseOtherSites(request.headers, serverEnv());
    else {
      requireOwnOrigin(request.headers, serverEnv(), "application/json");
      requireBodyWithin(request.headers, BODY_MAX);
    }
  } catch (error) {
    return errorAnswer(error, processLog());
  }
  const answer = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    maxBatchSize: BATCH_MAX,
    allowMethodOverride: true,
    createContext: ({ resHeaders }) =>
      createContext(request.headers, (cookie) => resHeaders.append("set-cookie", cookie)),
    // A stream has "no-transform" besides: one that is compressed on its way waits for more.
    responseMeta: () => ({ headers: { "cache-control": "private, no-store" } }),
    onError: ({ error, path, ctx }) => {
      // A context that could not be made is nobody's procedure, so nothing has logged it yet.
      if (ctx === undefined) processLog().error({ err: error, procedure: path }, "no context");
    },
  });
  // A connection that is kept when its stream has ended keeps a server that stops waiting for it.
  if (answer.headers.get("content-type") === "text/event-stream") {
    answer.headers.set("connection", "close");
  }
  return answer;
}
