import { gzipSync } from "node:zlib";
import { UploadFormat } from "#contracts/upload.ts";
import { detectFormat } from "./detect-format.ts";
import type { ExpansionLimits } from "./expand-file.ts";
import { parseFile } from "./parse-file.ts";
import type { ParsedUpload } from "./parsed-upload.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** 2024-01-01T00:00Z, a Monday. */
export const START_MS = Date.UTC(2024, 0, 1);

/** A file's bytes in pieces of a size, as they come out of storage. */
export async function* inPieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

/** Rows of a tidy hourly OHLCV file; a row can be replaced by its 0-based number. */
export function hourlyRows(
  count: number,
  replaced: Readonly<Record<number, string>> = {},
  stepMs = HOUR_MS,
): string[] {
  return Array.from({ length: count }, (_, i) => {
    const price = 100 + (i % 7);
    const row = [START_MS + i * stepMs, price, price + 2, price - 2, price + 1, 10 + i].join(",");
    return replaced[i] ?? row;
  });
}

export const OHLCV_HEADER = "ts,open,high,low,close,volume";

/** A tidy hourly OHLCV file, header first. */
export function hourlyCsv(count: number, replaced: Readonly<Record<number, string>> = {}): string {
  return `${[OHLCV_HEADER, ...hourlyRows(count, replaced)].join("\n")}\n`;
}

/** Reads a text as an upload would be read, in its detected format unless one is given. */
export function parseText(
  text: string | Uint8Array,
  options: {
    readonly fileName?: string;
    readonly format?: Partial<UploadFormat>;
    readonly limits?: ExpansionLimits;
    readonly gzip?: boolean;
  } = {},
): Promise<ParsedUpload> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const lines = Buffer.from(bytes).toString("utf8").split(/\r?\n/);
  const format = UploadFormat.parse({
    ...detectFormat(lines, options.fileName ?? "ETHUSDT.csv"),
    ...options.format,
  });
  const stored = options.gzip === true ? gzipSync(bytes) : bytes;
  return parseFile(inPieces(stored), format, options.limits);
}
