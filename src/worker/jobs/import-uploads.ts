import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { BadRows, UploadFormat, UploadView } from "#contracts/upload.ts";
import { requireBarRoom } from "#db/bar-quota.ts";
import type { DatabaseClient } from "#db/client.ts";
import { holdsJobClaim } from "#db/jobs.ts";
import { inTransaction } from "#db/transaction.ts";
import {
  lockUpload,
  markUploadImporting,
  readUploadChunks,
  saveRowRejections,
  saveUploadImport,
  saveUploadRefusal,
  uploadById,
} from "#db/uploads.ts";
import type { ParsedUpload } from "../imports/parsed-upload.ts";
import { type JobContext, type JobEnding, JobStop } from "./job-context.ts";
import { storeSeries } from "./store-series.ts";
import { refusedReport, uploadReport } from "./upload-report.ts";

/** What became of one file of a batch. */
type FileOutcome = {
  readonly uploadId: string;
  readonly fileName: string;
  readonly imported: boolean;
  readonly refusal: string | null;
};

/** Share of a file's work that is reading it; the rest is writing its bars. */
const READING_SHARE = 0.5;

/**
 * Imports files one after the other, each in a transaction of its own: a file is imported wholly or not
 * at all, whatever happens to the others. Run again, it goes on with the files that are not imported yet.
 */
export async function runImportUploads(
  context: JobContext,
  params: Extract<JobParams, { kind: "import-uploads" }>,
): Promise<JobEnding> {
  const uploads: UploadView[] = [];
  for (const id of params.uploadIds) {
    const upload = await uploadById(context.database, context.job.workspaceId, id);
    if (upload !== null) uploads.push(upload);
  }
  try {
    return ending(await importAll(context, uploads, params.badRows));
  } catch (error) {
    await giveUp(context, uploads, error);
    throw error;
  }
}

async function importAll(
  context: JobContext,
  uploads: readonly UploadView[],
  badRows: BadRows,
): Promise<FileOutcome[]> {
  const totalBytes = Math.max(1, sum(uploads.map(({ byteCount }) => byteCount)));
  const outcomes: FileOutcome[] = [];
  let doneBytes = 0;
  for (const [i, upload] of uploads.entries()) {
    const progress = (fraction: number) => {
      const share = (doneBytes + fraction * upload.byteCount) / totalBytes;
      context.progress(share, `${upload.fileName} (${i + 1} of ${uploads.length})`);
    };
    progress(0);
    outcomes.push(await importFile(context, upload, { badRows, progress }));
    doneBytes += upload.byteCount;
  }
  return outcomes;
}

/** Files that were not reached are as they were before, unless another worker is importing them by now. */
async function giveUp(
  context: JobContext,
  uploads: readonly UploadView[],
  error: unknown,
): Promise<void> {
  // The claim is found lost either by the pulse, which aborts, or by a transaction, which throws.
  for (const cause of [error, context.signal.reason]) {
    if (cause instanceof JobStop && cause.reason === "superseded") return;
  }
  for (const { id } of uploads) await markUploadImporting(context.database.pool, id, false);
}

/** Sets the files of an import that will never end back to what they were, so that they can be used. */
export async function releaseUploads(
  client: DatabaseClient,
  params: Extract<JobParams, { kind: "import-uploads" }>,
): Promise<void> {
  for (const id of params.uploadIds) await markUploadImporting(client, id, false);
}

function ending(outcomes: readonly FileOutcome[]): JobEnding {
  const refused = outcomes.filter(({ imported }) => !imported);
  const [first] = refused;
  if (outcomes.length === 0) throw new AppError("not-found", "The files were discarded");
  if (first === undefined || refused.length < outcomes.length) {
    return { kind: "succeeded", result: { files: outcomes } };
  }
  const others = refused.length === 1 ? "" : ` (and ${refused.length - 1} more files)`;
  return {
    kind: "failed",
    error: new AppError("invalid-input", `${first.fileName}: ${first.refusal}${others}`, {
      field: first.fileName,
    }),
  };
}

type FileImport = {
  readonly badRows: BadRows;
  readonly progress: (fraction: number) => void;
};

async function importFile(
  context: JobContext,
  upload: UploadView,
  options: FileImport,
): Promise<FileOutcome> {
  const outcome = (refusal: string | null): FileOutcome => ({
    uploadId: upload.id,
    fileName: upload.fileName,
    imported: refusal === null,
    refusal,
  });
  if (upload.state === "imported") return outcome(null);
  await markUploadImporting(context.database.pool, upload.id, true);
  try {
    const parsed = await readFile(context, upload, options);
    const refusal = refusalOf(parsed, options.badRows);
    const standing = await settle(context, upload, (client) =>
      refusal === null
        ? storeFile(context, client, { upload, parsed, ...options })
        : refuseFile(client, upload, parsed, refusal),
    );
    return outcome(standing === "imported" ? null : refusal);
  } catch (error) {
    // The reason to stop, if there is one, matters more than what it made fail.
    context.signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    const standing = await settle(context, upload, (client) =>
      saveUploadRefusal(client, upload.id, refusedReport(error.message)),
    );
    return outcome(standing === "imported" ? null : error.message);
  }
}

/**
 * Writes what became of a file while nobody else can. A worker that was thought dead may be at work on the
 * same file: it is waited for, and when it has imported the file, whatever was read meanwhile counts for
 * nothing, since the bytes go with the import and may have been cut off in the middle.
 *
 * @returns how the file was found: "imported" by somebody else, or still open and now written
 */
function settle(
  { database, job, signal }: JobContext,
  upload: UploadView,
  write: (client: DatabaseClient) => Promise<void>,
): Promise<"imported" | "open"> {
  return inTransaction(database.pool, async (client) => {
    const state = await lockUpload(client, upload.id);
    if (state === "imported") return "imported";
    if (state === null) throw new AppError("not-found", "The files were discarded");
    await write(client);
    signal.throwIfAborted();
    if (!(await holdsJobClaim(client, job))) throw new JobStop("superseded");
    return "open";
  });
}

async function readFile(
  context: JobContext,
  upload: UploadView,
  { progress }: FileImport,
): Promise<ParsedUpload> {
  const { compute, database, limits, signal } = context;
  const format = upload.format ?? (await detectedFormat(context, upload));
  let readBytes = 0;
  const counted = (async function* () {
    for await (const bytes of readUploadChunks(database, upload.id)) {
      yield bytes;
      readBytes += bytes.length;
      progress((READING_SHARE * readBytes) / Math.max(1, upload.byteCount));
    }
  })();
  return compute.run("parse-file", { format, limits }, { signal, source: counted });
}

async function detectedFormat(context: JobContext, upload: UploadView): Promise<UploadFormat> {
  const { compute, database, limits, signal } = context;
  const { format } = await compute.run(
    "inspect-file",
    { fileName: upload.fileName, format: null, limits },
    { signal, source: readUploadChunks(database, upload.id) },
  );
  return format;
}

function refusalOf(parsed: ParsedUpload, badRows: BadRows): string | null {
  if (parsed.refusal !== null) return parsed.refusal;
  const [first] = parsed.rejections;
  if (badRows === "skip" || first === undefined) return null;
  const count = parsed.rejectedCount + parsed.duplicateCount;
  const others = count === 1 ? "" : ` (and ${count - 1} more rows)`;
  return `Line ${first.line}: ${first.reason}${others}`;
}

async function refuseFile(
  client: DatabaseClient,
  upload: UploadView,
  parsed: ParsedUpload,
  refusal: string,
): Promise<void> {
  await saveUploadRefusal(client, upload.id, uploadReport(parsed, { refusal, series: [] }));
  const rows = parsed.rejections.map((row) => ({ ...row, seriesId: null }));
  await saveRowRejections(client, upload.id, rows);
}

async function storeFile(
  { job, signal, barQuota }: JobContext,
  client: DatabaseClient,
  { upload, parsed, progress }: FileImport & { upload: UploadView; parsed: ParsedUpload },
): Promise<void> {
  const series = await storeSeries(client, parsed, {
    workspaceId: job.workspaceId,
    signal,
    onProgress: (fraction) => progress(READING_SHARE + (1 - READING_SHARE) * fraction),
  });
  await requireBarRoom(client, job.workspaceId, barQuota, 0);
  const report = uploadReport(parsed, { refusal: null, series });
  await saveUploadImport(client, upload.id, report);
  // Trades become several series of a symbol: what was left out is told with the shortest bars.
  const seriesIds = new Map(series.toReversed().map(({ symbol, seriesId }) => [symbol, seriesId]));
  const rows = parsed.rejections.map((row) => ({
    ...row,
    seriesId: seriesIds.get(row.symbol) ?? null,
  }));
  await saveRowRejections(client, upload.id, rows);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
