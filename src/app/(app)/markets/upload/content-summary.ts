import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { UploadLayout, UploadPreview, UploadView } from "#contracts/upload.ts";
import { formatSummary } from "./format-choices.ts";

/** What a file holds, as far as it was looked at: a preview reads the first MB and no more. */
export function contentSummary({
  format,
  preview,
}: Pick<UploadView, "format" | "preview">): string {
  if (format === null || preview === null) return "not read";
  const bars = preview.intervalMs === null ? "" : ` · ${intervalLabel(preview.intervalMs)} bars`;
  return `${symbolSummary(preview, format.layout)}${bars} · ${formatSummary(format)}`;
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
  const isAll = layout === "long" ? complete : count < LISTED_MAX;
  if (!isAll) return `at least ${count} ${noun}${complete ? "" : " in the first MB"}`;
  return count === 1 ? (symbols[0] ?? "") : `${count} ${noun}`;
}
