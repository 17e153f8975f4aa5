/*
 * Next compiles this file for its edge runtime too, which has no Node: only a literal comparison with
 * NEXT_RUNTIME keeps the imports below out of that bundle.
 */

/** Once, when the web process starts: a wrong configuration ends it here and not at the first visitor. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const { requireServerEnv } = await import("#server/require-server-env.ts");
    requireServerEnv();
  }
}

/** Faults while a page was rendered: the visitor sees a digest, the log has the error beside it. */
export async function onRequestError(
  error: unknown,
  request: { path: string; method: string },
): Promise<void> {
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const { processLog } = await import("#server/process-log.ts");
    processLog().error({ err: error, path: request.path, method: request.method }, "page failed");
  }
}
