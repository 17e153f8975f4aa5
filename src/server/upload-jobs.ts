import { AppError } from "#contracts/error-code.ts";
import type { BadRows, UploadFormat } from "#contracts/upload.ts";
import { type BarQuota, requireBarRoom } from "#db/bar-quota.ts";
import type { Database } from "#db/client.ts";
import { lockJobSlots, requireJobSlot } from "#db/job-slots.ts";
import { enqueueJob } from "#db/jobs.ts";
import { inTransaction } from "#db/transaction.ts";
import { lockUploads } from "#db/upload-locks.ts";

type Owner = { workspaceId: string; userId: string };

/**
 * Job that reads the head of an upload, in a format or in the one that it detects.
 *
 * @throws {AppError} not-found; conflict when the file is not there to be read (any more)
 */
export async function inspectUpload(
  database: Database,
  { workspaceId, userId }: Owner,
  uploadId: string,
  format: UploadFormat | null,
): Promise<string> {
  return inTransaction(database.pool, async (client) => {
    const [state] = await lockUploads(client, workspaceId, [uploadId]);
    if (state !== "received" && state !== "inspected" && state !== "refused") {
      throw new AppError("conflict", "The file is being imported or has been");
    }
    const params = { kind: "inspect-upload", uploadId, format } as const;
    return enqueueJob(client, { workspaceId, createdBy: userId, params });
  });
}

/**
 * Job that imports uploads.
 *
 * @throws {AppError} not-found when one is unknown; conflict when one is imported already or cannot be;
 *   too-large when the workspace is full; rate-limited when too many jobs are waiting
 */
export async function importUploads(
  database: Database,
  { workspaceId, userId, barQuota }: Owner & { barQuota: BarQuota },
  { uploadIds, badRows }: { uploadIds: string[]; badRows: BadRows },
): Promise<string> {
  return inTransaction(database.pool, async (client) => {
    await lockJobSlots(client, workspaceId);
    const states = await lockUploads(client, workspaceId, uploadIds);
    if (states.some((state) => state !== "inspected" && state !== "refused")) {
      throw new AppError("conflict", "A file has not been read yet, or has been imported already");
    }
    await requireBarRoom(client, workspaceId, barQuota, 1);
    await requireJobSlot(client, workspaceId);
    const params = { kind: "import-uploads", uploadIds, badRows } as const;
    return enqueueJob(client, { workspaceId, createdBy: userId, params });
  });
}
