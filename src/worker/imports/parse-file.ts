import type { UploadFormat } from "#contracts/upload.ts";
import { EXPANSION_LIMITS, type ExpansionLimits, expandFile } from "./expand-file.ts";
import { type ParsedUpload, parsedUpload } from "./parsed-upload.ts";
import { textLines } from "./text-lines.ts";
import { UploadTable } from "./upload-table.ts";

/**
 * Reads a whole file in a format, holding one piece of text at a time.
 *
 * @throws {AppError} unsupported-file or too-large: the file is no text, or unpacks to too much
 */
export async function parseFile(
  source: AsyncIterable<Uint8Array>,
  format: UploadFormat,
  limits: ExpansionLimits = EXPANSION_LIMITS,
): Promise<ParsedUpload> {
  const table = new UploadTable(format);
  for await (const block of textLines(expandFile(source, limits))) {
    table.addLines(block);
    if (table.refusal !== null) break;
  }
  return parsedUpload(table);
}
