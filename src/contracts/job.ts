import { z } from "zod";
import { ErrorCode } from "./error-code.ts";
import { HistoryRequest } from "./history.ts";
import { BadRows, UploadFormat } from "./upload.ts";

/** What a job is to do. Versioned by adding a kind, never by optional fields. Each is safe to run twice. */
export const JobParams = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("inspect-upload"),
    uploadId: z.uuid(),
    /** null: detect the format. */
    format: UploadFormat.nullable(),
  }),
  z.strictObject({
    kind: z.literal("import-uploads"),
    uploadIds: z.array(z.uuid()).min(1).max(500),
    badRows: BadRows,
  }),
  z.strictObject({ kind: z.literal("scan"), scanId: z.uuid() }),
  z.strictObject({ kind: z.literal("backtest"), backtestId: z.uuid() }),
  z.strictObject({ kind: z.literal("optimisation"), optimisationId: z.uuid() }),
  z.strictObject({ kind: z.literal("verification"), verificationId: z.uuid() }),
  z.strictObject({ kind: z.literal("published-study"), studyId: z.uuid() }),
  z.strictObject({ kind: z.literal("learning-run"), runId: z.uuid() }),
  z.strictObject({ kind: z.literal("pair-analysis"), analysisId: z.uuid() }),
  z.strictObject({
    kind: z.literal("backfill-history"),
    ...HistoryRequest.shape,
    /** The instruments are about to be recorded: history is to reach their first trade. */
    untilRecorded: z.boolean(),
  }),
]);
export type JobParams = z.infer<typeof JobParams>;

export const JobKind = z.enum([
  "inspect-upload",
  "import-uploads",
  "scan",
  "backtest",
  "optimisation",
  "verification",
  "published-study",
  "learning-run",
  "pair-analysis",
  "backfill-history",
]);
export type JobKind = z.infer<typeof JobKind>;

export const JobState = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type JobState = z.infer<typeof JobState>;

/** Why a job failed, in words that can be shown, with an id that the log has too. */
export const JobError = z.object({
  code: ErrorCode,
  message: z.string(),
  field: z.string().nullable(),
});
export type JobError = z.infer<typeof JobError>;

/** What became of one symbol of a history: bars that were fetched, and why there are no more. */
export const SymbolHistory = z.object({
  instrumentId: z.number().int(),
  symbol: z.string(),
  barCount: z.number().int(),
  error: z.string().nullable(),
});
export type SymbolHistory = z.infer<typeof SymbolHistory>;

/** A job as its owner sees it. `progress` is 0..1; `remainingMs` is an estimate, null when there is no basis for one. */
export const JobView = z.object({
  id: z.uuid(),
  kind: JobKind,
  state: JobState,
  progress: z.number(),
  stage: z.string(),
  /** What the job works on: the scan, backtest (of a verification too), optimisation, learning run, analysis or (first) upload; itself when it is a history. */
  subjectId: z.uuid(),
  title: z.string(),
  createdAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
  elapsedMs: z.number(),
  remainingMs: z.number().nullable(),
  cancelRequested: z.boolean(),
  error: JobError.nullable(),
  /** What became of the files of a finished import; null for other jobs. */
  files: z.object({ imported: z.number().int(), refused: z.number().int() }).nullable(),
  /** What became of the symbols of a finished history; null for other jobs. */
  symbols: z.array(SymbolHistory).nullable(),
});
export type JobView = z.infer<typeof JobView>;
