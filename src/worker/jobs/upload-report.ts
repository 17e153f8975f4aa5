import type { UploadReport } from "#contracts/upload.ts";
import type { ParsedUpload } from "../imports/parsed-upload.ts";

/** Rejected rows in the report itself; up to a thousand are in the table row_rejection. */
const REPORTED_REJECTIONS_MAX = 100;

/** Report of a file that was not read at all. */
export function refusedReport(refusal: string): UploadReport {
  return {
    imported: false,
    refusal,
    rowCount: 0,
    rejectedCount: 0,
    duplicateCount: 0,
    rejections: [],
    notes: [],
    series: [],
  };
}

/** Report of a file that was read; `series` is what its import did, empty when it was refused. */
export function uploadReport(
  parsed: ParsedUpload,
  outcome: { readonly refusal: string | null; readonly series: UploadReport["series"] },
): UploadReport {
  return {
    imported: outcome.refusal === null,
    refusal: outcome.refusal,
    rowCount: parsed.rowCount,
    rejectedCount: parsed.rejectedCount,
    duplicateCount: parsed.duplicateCount,
    rejections: parsed.rejections.slice(0, REPORTED_REJECTIONS_MAX),
    notes: [...parsed.notes],
    series: outcome.series,
  };
}
