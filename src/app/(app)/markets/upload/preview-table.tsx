import type { UploadFormat, UploadPreview } from "#contracts/upload.ts";
import { COLUMN_LABEL, columnOf, rolesOf } from "./format-choices.ts";

const ROWS_MAX = 8;
/** A wide file can have hundreds of columns; the first show whether it is read right. */
const COLUMNS_MAX = 16;

type PreviewTableProps = { format: UploadFormat; preview: UploadPreview; fileName: string };

/** The first rows as they stand in the file, under what each column is taken for. */
export function PreviewTable({ format, preview, fileName }: PreviewTableProps) {
  const rows = preview.rows.slice(0, ROWS_MAX);
  const columnCount = Math.max(preview.header.length, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: Math.min(columnCount, COLUMNS_MAX) }, (_, index) => index);
  const faulty = new Set(preview.rejections.map(({ line }) => line));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={`First rows of ${fileName}`}>
      <table className="w-full text-sm tabular-nums">
        <thead className="text-left text-muted text-xs">
          <tr>
            <th className="px-2 py-1.5 text-right font-medium">Line</th>
            {columns.map((index) => (
              <th key={index} className="whitespace-nowrap px-2 py-1.5 font-medium">
                {preview.header[index] ?? `Column ${index + 1}`}
                <span className="block text-accent">{roleOf(format, index)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line font-mono text-xs">
          {rows.map(({ line, cells }) => (
            <tr key={line} className={faulty.has(line) ? "bg-bad-soft" : ""}>
              <td className="px-2 py-1 text-right text-muted">{line}</td>
              {columns.map((index) => (
                <td key={index} className="whitespace-nowrap px-2 py-1">
                  {cells[index] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {columnCount > COLUMNS_MAX ? (
        <p className="px-2 py-1 text-muted text-xs">
          {columnCount - COLUMNS_MAX} more columns are not shown.
        </p>
      ) : null}
    </section>
  );
}

function roleOf(format: UploadFormat, index: number): string {
  const role = rolesOf(format.layout).find((name) => columnOf(format, name) === index);
  if (role !== undefined) return COLUMN_LABEL[role];
  return format.layout === "wide" ? "Closes" : "Not used";
}
