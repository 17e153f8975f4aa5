import { type CsvValue, csvRow } from "#contracts/csv-cell.ts";

/** A table as a CSV file to keep. Columns are named, and say how a row becomes a cell. */
export function csvAnswer<Row>(
  fileName: string,
  columns: Readonly<Record<string, (row: Row) => CsvValue>>,
  rows: readonly Row[],
): Response {
  const cells = Object.values(columns);
  const lines = rows.map((row) => csvRow(cells.map((cell) => cell(row))));
  return new Response(csvRow(Object.keys(columns)) + lines.join(""), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "private, no-store",
    },
  });
}

/** Letters, digits, dots and dashes of a text, for the name of a file. */
export function fileNamePart(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]+/g, "-").slice(0, 40);
}
