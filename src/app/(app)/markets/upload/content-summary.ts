import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { UploadFormat, UploadLayout, UploadPreview, UploadView } from "#contracts/upload.ts";
import { formatSummary } from "./format-choices.ts";

/** What a file holds, as far as it was looked at: a preview reads the first MB and no more. */
export function contentSummary({
  format,
  preview,
}: Pick<UploadView, "format" | "preview">): string {
  if (format === null || preview === null) return "not read";
  return [
    symbolSummary(preview, format.layout),
    ...barSummary(format, preview),
    formatSummary(format),
  ].join(" · ");
}

function barSummary(format: UploadFormat, { intervalMs }: UploadPreview): string[] {
  if (format.layout === "trades") {
    const labels = format.intervalsMs.toSorted((a, b) => a - b).map(intervalLabel);
    return [`to become bars of ${labels.join(", ")}`];
  }
  return intervalMs === null ? [] : [`${intervalLabel(intervalMs)} bars`];
}

/** What a preview lists; a file may have more. */
const LISTED_MAX = 200;

function symbolSummary(
  { symbols, complete }: Pick<UploadPreview, "symbols" | "complete">,
  layout: UploadLayout,
): string {
  const count = symbols.length;
  const noun = count === 1 ? "symbol" : "symbols";
  // The first line of a wide file names all its symbols.
  const isAll = layout === "single" || layout === "wide" ? count < LISTED_MAX : complete;
  if (!isAll) return `at least ${count} ${noun}${complete ? "" : " in the first MB"}`;
  return count === 1 ? (symbols[0] ?? "") : `${count} ${noun}`;
}
