import process from "node:process";

/** Once, when the web process starts: a wrong configuration ends it here and not at the first visitor. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { serverEnv } = await import("#server/env.ts");
  try {
    serverEnv();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Faults while a page was rendered: the visitor sees a digest, the log has the error beside it. */
export async function onRequestError(
  error: unknown,
  request: { path: string; method: string },
): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { processLog } = await import("#server/process-log.ts");
  processLog().error({ err: error, path: request.path, method: request.method }, "page failed");
}
