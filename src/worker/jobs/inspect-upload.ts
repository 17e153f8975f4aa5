import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import { readUploadChunks, saveUploadPreview, saveUploadRefusal, uploadById } from "#db/uploads.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { refusedReport } from "./upload-report.ts";

/** Looks at the head of a file and stores what it is; a file that is no text or no table is refused. */
export async function runInspectUpload(
  context: JobContext,
  params: Extract<JobParams, { kind: "inspect-upload" }>,
): Promise<JobEnding> {
  const { compute, database, job, limits, signal } = context;
  const upload = await uploadById(database, job.workspaceId, params.uploadId);
  if (upload === null) throw new AppError("not-found", "The file was discarded");
  context.progress(0.1, "Reading the head of the file");
  try {
    const { format, preview } = await compute.run(
      "inspect-file",
      { fileName: upload.fileName, format: params.format, limits },
      { signal, source: readUploadChunks(database, upload.id) },
    );
    return {
      kind: "succeeded",
      result: { uploadId: upload.id },
      write: (client) => saveUploadPreview(client, { id: upload.id, format, preview }),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const named = new AppError(error.code, `${upload.fileName}: ${error.message}`, {
      cause: error,
      field: error.field ?? upload.fileName,
    });
    return {
      kind: "failed",
      error: named,
      write: (client) => saveUploadRefusal(client, upload.id, refusedReport(error.message)),
    };
  }
}
