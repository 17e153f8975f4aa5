import { AppError } from "#contracts/error-code.ts";
import type { Database } from "./client.ts";
import { inTransaction } from "./transaction.ts";
import { createUpload, storedUploadBytes } from "./uploads.ts";

/**
 * Starts to receive a file, counting its size at once, so that files that arrive together cannot
 * exceed the quota together.
 *
 * @param upload.byteCount what the sender declared, bytes
 * @param upload.quota most bytes that a workspace may have stored and not imported
 * @returns id of the upload
 * @throws {AppError} too-large when the workspace's quota is used up
 */
export async function reserveUpload(
  database: Database,
  upload: { workspaceId: string; fileName: string; byteCount: number; quota: number },
): Promise<string> {
  return inTransaction(database.pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended('upload-quota:' || $1, 0))", [
      upload.workspaceId,
    ]);
    const stored = await storedUploadBytes(client, upload.workspaceId);
    if (stored + upload.byteCount > upload.quota) {
      throw new AppError(
        "too-large",
        "The workspace holds too many files that are not imported: import or discard some",
      );
    }
    const id = await createUpload(client, upload);
    await client.query("update upload set byte_count = $2 where id = $1", [id, upload.byteCount]);
    return id;
  });
}
