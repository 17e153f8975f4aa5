import type { JobView } from "#contracts/job.ts";
import type { BadRows, UploadView } from "#contracts/upload.ts";

/** Where a file stands for the person who sent it, with the words that go with it. */
export type UploadStage =
  | { readonly kind: "reading" }
  | { readonly kind: "unreadable"; readonly reason: string }
  | { readonly kind: "ready"; readonly faultCount: number }
  | { readonly kind: "importing" }
  | { readonly kind: "refused"; readonly reason: string; readonly canSkip: boolean }
  | { readonly kind: "imported" };

const UNREAD = "The file has not been read. Read it again, or discard it.";

/** The stage of a file; `inspection` is the latest known job that reads its head, if any. */
export function uploadStage(upload: UploadView, inspection: JobView | null): UploadStage {
  switch (upload.state) {
    case "receiving":
      return { kind: "reading" };
    case "received":
      return receivedStage(inspection);
    case "importing":
      return { kind: "importing" };
    case "imported":
      return { kind: "imported" };
    case "inspected": {
      const refusal = upload.preview?.refusal ?? null;
      if (refusal !== null) return { kind: "unreadable", reason: refusal };
      return { kind: "ready", faultCount: faultCount(upload.preview) };
    }
    case "refused":
      return {
        kind: "refused",
        reason: upload.report?.refusal ?? "The file was refused",
        canSkip: leftOutCount(upload.report) > 0,
      };
  }
}

/** Rows of the head of a file that would be refused. */
export function faultCount(preview: UploadView["preview"]): number {
  return preview?.faultCount ?? preview?.rejections.length ?? 0;
}

/** Rows that an import leaves out: at fault, or with a time that stood in the file before. */
export function leftOutCount(report: UploadView["report"]): number {
  return report === null ? 0 : report.rejectedCount + report.duplicateCount;
}

function receivedStage(inspection: JobView | null): UploadStage {
  if (inspection?.state === "failed") {
    return { kind: "unreadable", reason: inspection.error?.message ?? UNREAD };
  }
  if (inspection?.state === "cancelled") return { kind: "unreadable", reason: UNREAD };
  return { kind: "reading" };
}

/** Whether an import would take the file on; with rows at fault only when they are skipped. */
export function isImportable(stage: UploadStage, badRows: BadRows): boolean {
  if (stage.kind === "ready") return badRows === "skip" || stage.faultCount === 0;
  return stage.kind === "refused" && stage.canSkip && badRows === "skip";
}

/** The latest job that reads the head of a file. */
export function inspectionOf(uploadId: string, jobs: readonly JobView[]): JobView | null {
  return jobs
    .filter((job) => job.kind === "inspect-upload" && job.subjectId === uploadId)
    .reduce<JobView | null>(
      (latest, job) => (latest === null || job.createdAtMs > latest.createdAtMs ? job : latest),
      null,
    );
}
