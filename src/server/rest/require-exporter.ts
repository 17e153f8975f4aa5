import type { Viewer } from "#contracts/account.ts";
import { AppError } from "#contracts/error-code.ts";
import type { Context } from "../context.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";

/** The viewer who asks for a file. @throws {AppError} unauthenticated; rate-limited */
export async function requireExporter({ database, env, session }: Context): Promise<Viewer> {
  if (session === null) throw new AppError("unauthenticated", "Sign in first");
  await requireRateLimit(database, env, "export-workspace", session.viewer.workspaceId);
  return session.viewer;
}
