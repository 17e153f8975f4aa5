import type { ReportSource } from "./report-source.ts";

/** Where every bar of a report can be had as CSV. */
export function seriesExportPath(source: ReportSource): string {
  return source.kind === "own"
    ? `/api/export/report/${source.id}`
    : `/api/export/shared/${source.token}`;
}

/** Where all its trades can be had as CSV. */
export function tradesExportPath(source: ReportSource): string {
  return source.kind === "own"
    ? `/api/export/trades/${source.id}`
    : `/api/export/shared-trades/${source.token}`;
}

/** Where the whole report can be had as JSON. */
export function reportJsonPath(source: ReportSource): string {
  return source.kind === "own"
    ? `/api/export/report-json/${source.id}`
    : `/api/export/shared-json/${source.token}`;
}
