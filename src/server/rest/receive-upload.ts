import { createHash } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";
import type { Database } from "#db/client.ts";
import { reserveUpload } from "#db/upload-quota.ts";
import { abandonUpload, appendUploadChunk, finishUpload } from "#db/uploads.ts";
import { pieces } from "./pieces.ts";

const CHUNK_BYTES = 1024 * 1024;

/**
 * Receives a request's body as an upload: in rows of one MiB, so that memory stays small however large
 * the file is. Each row is committed by itself, because a slow sender must not hold a transaction
 * open; whatever goes wrong, the rows of an unfinished upload are removed.
 *
 * @returns id of the upload
 * @throws {AppError} too-large above sizeMax or the workspace's quota; invalid-input for an empty file;
 *   cancelled when the connection breaks
 */
export async function receiveUpload(
  database: Database,
  request: Request,
  upload: { workspaceId: string; fileName: string; sizeMax: number; quota: number },
): Promise<string> {
  const tooLarge = () =>
    new AppError("too-large", `The file is larger than ${formatMegabytes(upload.sizeMax)}`);
  // Without a length the largest possible is reserved: the quota must hold while files arrive together.
  const declared = Number(request.headers.get("content-length") ?? upload.sizeMax);
  if (!(declared <= upload.sizeMax)) throw tooLarge();
  if (request.body === null) throw new AppError("invalid-input", "The file is empty");
  const id = await reserveUpload(database, { ...upload, byteCount: declared });
  try {
    const hash = createHash("sha256");
    let byteCount = 0;
    let ordinal = 0;
    for await (const bytes of pieces(connection(request.body), CHUNK_BYTES)) {
      byteCount += bytes.length;
      if (byteCount > upload.sizeMax) throw tooLarge();
      hash.update(bytes);
      await appendUploadChunk(database.pool, { uploadId: id, ordinal, bytes });
      ordinal += 1;
    }
    if (byteCount === 0) throw new AppError("invalid-input", "The file is empty");
    await finishUpload(database.pool, { id, byteCount, sha256: hash.digest("hex") });
    return id;
  } catch (error) {
    await abandonUpload(database.pool, id);
    throw error;
  }
}

/** Bytes as they come in; a connection that breaks is the sender's affair, not a fault of ours. */
async function* connection(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await readOrCancelled(reader);
      if (done) return;
      yield value;
    }
  } finally {
    // After a refusal the rest is not wanted; after a broken connection there is nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

async function readOrCancelled(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    throw new AppError("cancelled", "The connection was lost", { cause });
  }
}

function formatMegabytes(bytes: number): string {
  return bytes < CHUNK_BYTES ? `${bytes} bytes` : `${Math.floor(bytes / CHUNK_BYTES)} MB`;
}
