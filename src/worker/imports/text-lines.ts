import { isUtf8 } from "node:buffer";
import { AppError } from "#contracts/error-code.ts";

/** Consecutive lines of a file, without their ends; the first stands on line `firstLine` (1-based). */
export type TextLines = { readonly firstLine: number; readonly lines: readonly string[] };

/** A line longer than this is no row of prices. */
const LINE_BYTES_MAX = 1024 ** 2;

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Lines of a UTF-8 text, in blocks as they arrive. Ends of lines are LF or CRLF; a byte-order mark is
 * dropped. Line numbers are those of the file.
 *
 * @param options.isCut the text was cut off on purpose: a last line without an end is left out
 * @throws {AppError} unsupported-file, naming the line: bytes that are not UTF-8, a NUL, an overlong line
 */
export async function* textLines(
  source: AsyncIterable<Uint8Array>,
  options: { readonly isCut?: boolean } = {},
): AsyncGenerator<TextLines> {
  let rest: Buffer = Buffer.alloc(0);
  let firstLine = 1;
  let isStart = true;
  for await (const bytes of source) {
    let block = Buffer.concat([rest, bytes]);
    if (isStart && block.length >= BYTE_ORDER_MARK.length) {
      isStart = false;
      if (block.indexOf(BYTE_ORDER_MARK) === 0) block = block.subarray(BYTE_ORDER_MARK.length);
    }
    const end = block.lastIndexOf(NEWLINE) + 1;
    rest = block.subarray(end);
    if (rest.length > LINE_BYTES_MAX)
      throw overlong(firstLine + countLines(block.subarray(0, end)));
    if (end === 0) continue;
    const lines = linesOf(block.subarray(0, end - 1), firstLine);
    yield { firstLine, lines };
    firstLine += lines.length;
  }
  if (rest.length > 0 && options.isCut !== true) {
    yield { firstLine, lines: linesOf(rest, firstLine) };
  }
}

function linesOf(block: Buffer, firstLine: number): string[] {
  if (block.includes(0)) throw atFault(block, firstLine, (line) => line.includes(0), NUL_BYTE);
  if (!isUtf8(block)) throw atFault(block, firstLine, (line) => !isUtf8(line), NOT_UTF8);
  const lines = block.toString("utf8").split("\n");
  for (const [i, line] of lines.entries()) {
    if (line.length > LINE_BYTES_MAX) throw overlong(firstLine + i);
    if (line.endsWith("\r")) lines[i] = line.slice(0, -1);
  }
  return lines;
}

const NUL_BYTE = "contains a zero byte: this is not a text file";
const NOT_UTF8 = "is not valid UTF-8: save the file as UTF-8";

function atFault(
  block: Buffer,
  firstLine: number,
  isFaulty: (line: Buffer) => boolean,
  what: string,
): AppError {
  let start = 0;
  for (let line = firstLine; ; line++) {
    const newline = block.indexOf(NEWLINE, start);
    const end = newline === -1 ? block.length : newline;
    if (newline === -1 || isFaulty(block.subarray(start, end))) {
      return new AppError("unsupported-file", `Line ${line} ${what}`, { field: `line ${line}` });
    }
    start = end + 1;
  }
}

function overlong(line: number): AppError {
  return new AppError("unsupported-file", `Line ${line} is longer than 1 MB`, {
    field: `line ${line}`,
  });
}

function countLines(block: Buffer): number {
  let lines = 0;
  for (const byte of block) if (byte === NEWLINE) lines += 1;
  return lines;
}
