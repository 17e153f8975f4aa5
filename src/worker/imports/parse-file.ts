import type { UploadFormat } from "#contracts/upload.ts";
import { EXPANSION_LIMITS, type ExpansionLimits, expandFile } from "./expand-file.ts";
import { fileReader } from "./file-reader.ts";
import type { ParsedUpload } from "./parsed-upload.ts";
import { textLines } from "./text-lines.ts";

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
  const reader = fileReader(format);
  for await (const block of textLines(expandFile(source, limits))) {
    reader.table.addLines(block);
    if (reader.table.refusal !== null) break;
  }
  return reader.parsed();
}
