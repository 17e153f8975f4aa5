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
    headers: headers(fileName),
  });
}

/** A CSV file whose pieces are made as they are sent, so that its length costs no memory. */
export function csvStreamAnswer(fileName: string, pieces: AsyncIterator<string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return?.();
    },
  });
  return new Response(body, { headers: headers(fileName) });
}

/** A value as a JSON file to keep. */
export function jsonAnswer(fileName: string, value: unknown): Response {
  return new Response(`${JSON.stringify(value, null, 2)}\n`, {
    headers: headers(fileName, "application/json; charset=utf-8"),
  });
}

/** A JSON file to keep, byte for byte as it is stored. */
export function jsonFileAnswer(fileName: string, bytes: Uint8Array): Response {
  // A body must have its bytes to itself, and those of a row may be part of something larger.
  return new Response(new Uint8Array(bytes), {
    headers: headers(fileName, "application/json; charset=utf-8"),
  });
}

function headers(
  fileName: string,
  contentType = "text/csv; charset=utf-8",
): Record<string, string> {
  return {
    "content-type": contentType,
    "content-disposition": `attachment; filename="${fileName}"`,
    "cache-control": "private, no-store",
  };
}

/** Letters, digits, dots and dashes of a text, for the name of a file. */
export function fileNamePart(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]+/g, "-").slice(0, 40);
}
