import { AppError } from "#contracts/error-code.ts";
import { type Context, createContext } from "../context.ts";
import { serverEnv } from "../env.ts";
import { processLog } from "../process-log.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { requireOwnOrigin } from "../request-guard.ts";
import { inspectUpload } from "../upload-jobs.ts";
import { errorAnswer } from "./error-answer.ts";
import { receiveUpload } from "./receive-upload.ts";
import { uploadFileName } from "./upload-file-name.ts";

/** `POST /api/uploads?name=FILE`: the body is the file. Answers `{ uploadId, jobId }`. */
export async function uploadEndpoint(request: Request): Promise<Response> {
  try {
    requireOwnOrigin(request.headers, serverEnv(), "application/octet-stream");
    return await acceptUpload(request, await createContext(request.headers));
  } catch (error) {
    return errorAnswer(error, processLog());
  }
}

/** Stores the body of a request as an upload of the viewer's workspace, and has it read. */
export async function acceptUpload(request: Request, context: Context): Promise<Response> {
  const { database, env, session } = context;
  if (session === null) throw new AppError("unauthenticated", "Sign in first");
  const { workspaceId, userId, role } = session.viewer;
  if (role === "viewer") {
    throw new AppError("forbidden", "In this workspace you may look, but not change anything");
  }
  await requireRateLimit(database, env, "upload-workspace", workspaceId);
  const fileName = uploadFileName(new URL(request.url).searchParams.get("name") ?? "");
  const uploadId = await receiveUpload(database, request, {
    workspaceId,
    fileName,
    sizeMax: env.UPLOAD_MAX_BYTES,
    quota: env.UPLOAD_QUOTA_BYTES,
  });
  const jobId = await inspectUpload(database, { workspaceId, userId }, uploadId, null);
  return Response.json({ uploadId, jobId }, { status: 201 });
}
