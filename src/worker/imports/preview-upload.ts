import type { UploadFormat, UploadPreview } from "#contracts/upload.ts";
import { detectFormat } from "./detect-format.ts";
import { EXPANSION_LIMITS, type ExpansionLimits, expandFile } from "./expand-file.ts";
import { fileReader } from "./file-reader.ts";
import { REJECTED_TEXT_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";
import { type TextLines, textLines } from "./text-lines.ts";

/** Text of a file that a preview looks at. */
export const HEAD_BYTES_MAX = 1024 ** 2;

const PREVIEW_ROWS = 20;
const PREVIEW_REJECTIONS = 100;
const PREVIEW_SYMBOLS = 200;

/** A file as its head shows it: the format that was given or detected, and what it makes of the rows. */
export type Inspection = { readonly format: UploadFormat; readonly preview: UploadPreview };

/**
 * Looks at the head of a file.
 *
 * @param file.format null: detect it
 * @throws {AppError} unsupported-file: the file is no text, or no table can be seen in it
 */
export async function inspectFile(
  file: {
    readonly source: AsyncIterable<Uint8Array>;
    readonly fileName: string;
    readonly format: UploadFormat | null;
  },
  limits: ExpansionLimits = EXPANSION_LIMITS,
): Promise<Inspection> {
  const head = await readHead(expandFile(file.source, limits));
  const blocks: TextLines[] = [];
  for await (const block of textLines(oneByOne(head.pieces), { isCut: head.isCut })) {
    blocks.push(block);
  }
  const lines = blocks.flatMap((block) => block.lines);
  const format = file.format ?? detectFormat(lines, file.fileName);
  return { format, preview: previewOf(blocks, format, !head.isCut) };
}

type Head = { readonly pieces: readonly Uint8Array[]; readonly isCut: boolean };

async function readHead(text: AsyncIterable<Uint8Array>): Promise<Head> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of text) {
    pieces.push(bytes);
    size += bytes.length;
    if (size > HEAD_BYTES_MAX) return { pieces, isCut: true };
  }
  return { pieces, isCut: false };
}

async function* oneByOne(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/** A cell of a megabyte is legal; nobody reads it in a table. */
function shownCell(cell: string): string {
  return shortText(cell, REJECTED_TEXT_MAX);
}

function previewOf(
  blocks: readonly TextLines[],
  format: UploadFormat,
  complete: boolean,
): UploadPreview {
  const { table, ...reader } = fileReader(format, { firstRowsMax: PREVIEW_ROWS });
  for (const block of blocks) table.addLines(block);
  const symbols = reader.symbols();
  const parsed = reader.parsed();
  return {
    header: table.header.map(shownCell),
    rows: table.firstRows.map(({ line, cells }) => ({ line, cells: cells.map(shownCell) })),
    rejections: parsed.rejections.slice(0, PREVIEW_REJECTIONS),
    faultCount: parsed.rejectedCount + parsed.duplicateCount,
    symbols: symbols.slice(0, PREVIEW_SYMBOLS),
    intervalMs: parsed.intervalMs,
    calendar: parsed.calendar,
    closeOnly: parsed.closeOnly,
    refusal: parsed.refusal,
    complete,
    notes: [...parsed.notes],
  };
}
