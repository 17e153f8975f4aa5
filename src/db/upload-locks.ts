import type { UploadState } from "#contracts/upload.ts";
import type { Queryable } from "./client.ts";
import { assertChanged } from "./found.ts";

/**
 * Locks uploads of a workspace until the transaction ends.
 *
 * @returns their states, in no particular order
 * @throws {AppError} not-found when one of them is not the workspace's
 */
export async function lockUploads(
  client: Queryable,
  workspaceId: string,
  uploadIds: readonly string[],
): Promise<UploadState[]> {
  const { rows } = await client.query<{ state: UploadState }>(
    `select state from upload where workspace_id = $1 and id = any($2::uuid[])
      order by id for update`,
    [workspaceId, uploadIds],
  );
  assertChanged(rows.length === new Set(uploadIds).size ? 1 : 0, "upload");
  return rows.map(({ state }) => state);
}
