import { readFile } from "node:fs/promises";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { AppError } from "#contracts/error-code.ts";
import type { ExpansionLimits } from "./expand-file.ts";
import { hourlyCsv, inPieces } from "./import-cases.test-support.ts";
import { parseFile } from "./parse-file.ts";
import { inspectFile } from "./preview-upload.ts";

const FORMAT = {
  layout: "single",
  delimiter: ",",
  hasHeader: true,
  timestampUnit: "ms",
  symbol: "X",
  columns: { time: 0, symbol: null, open: 1, high: 2, low: 3, close: 4, volume: 5 },
} as const;

/** Both ways into a file must refuse it: the look at its head, and the import. */
async function refusalOf(bytes: Uint8Array, limits?: ExpansionLimits): Promise<AppError[]> {
  const attempts = [
    inspectFile({ source: inPieces(bytes), fileName: "x.csv", format: null }, limits),
    parseFile(inPieces(bytes), FORMAT, limits),
  ];
  const settled = await Promise.allSettled(attempts);
  return settled.map((result) => {
    if (result.status === "rejected" && result.reason instanceof AppError) return result.reason;
    throw new Error("the file was not refused");
  });
}

const files: readonly { name: string; bytes: Uint8Array; message: string }[] = [
  { name: "an empty file", bytes: new Uint8Array(), message: "empty" },
  { name: "a gzip of nothing", bytes: gzipSync(""), message: "empty" },
  { name: "a Windows program", bytes: Buffer.from("MZ\x90\0\x03"), message: "Windows program" },
  { name: "a ZIP archive", bytes: Buffer.from("PK\x03\x04rest"), message: "ZIP" },
  { name: "a PDF", bytes: Buffer.from("%PDF-1.7\n"), message: "PDF" },
  { name: "a PNG", bytes: Buffer.from("\x89PNG\r\n", "latin1"), message: "PNG" },
  { name: "a zipped program", bytes: gzipSync("\x7fELF\x02"), message: "Linux program" },
  { name: "gzip within gzip", bytes: gzipSync(gzipSync(hourlyCsv(9))), message: "another gzip" },
  { name: "UTF-16", bytes: Buffer.from(`\uFEFF${hourlyCsv(9)}`, "utf16le"), message: "UTF-16" },
  { name: "a cut gzip", bytes: gzipSync(hourlyCsv(999)).subarray(0, 900), message: "cut off" },
  {
    name: "bytes that are not UTF-8",
    bytes: Buffer.from(hourlyCsv(9, { 3: "Gr\xfc\xdfe,1" }), "latin1"),
    message: "Line 5 is not valid UTF-8",
  },
  {
    name: "a zero byte",
    bytes: Buffer.from(hourlyCsv(9, { 6: "1\0,2" })),
    message: "Line 8 contains a zero byte",
  },
];

test.each(files)("$name is refused by its content", async ({ bytes, message }) => {
  for (const error of await refusalOf(bytes)) {
    expect(error.code).toBe("unsupported-file");
    expect(error.message).toContain(message);
  }
});

test("a program that is called .csv is refused", async () => {
  const program = (await readFile(process.execPath)).subarray(0, 100_000);
  for (const error of await refusalOf(program)) expect(error.message).toContain("program");
});

test("an endless line is refused before it fills the memory", async () => {
  const parsing = parseFile(inPieces(Buffer.alloc(3 * 1024 ** 2, "1"), 65_536), FORMAT);
  await expect(parsing).rejects.toThrow("Line 1 is longer than 1 MB");
});

test("a decompression bomb is stopped by what it unpacks to, and by its ratio", async () => {
  const filler = Buffer.alloc(64 * 1024 ** 2, "\n");
  const bomb = gzipSync(Buffer.concat([Buffer.from(hourlyCsv(5)), filler]));
  const byRatio = parseFile(inPieces(bomb), FORMAT);
  await expect(byRatio).rejects.toMatchObject({ code: "too-large" });
  const dense = gzipSync(hourlyCsv(5_000));
  const bySize = parseFile(inPieces(dense), FORMAT, { expandedBytesMax: 10_000, ratioMax: 1e9 });
  await expect(bySize).rejects.toMatchObject({ code: "too-large" });
});

test("more than two thousand columns are refused", async () => {
  const header = Array.from({ length: 2_001 }, (_, i) => `c${i}`).join(",");
  const wide = Buffer.from(`time${header}\n1,${header}\n`);
  const inspecting = inspectFile({ source: inPieces(wide), fileName: "x.csv", format: null });
  await expect(inspecting).rejects.toThrow("more than 2000 columns");
  const parsed = await parseFile(inPieces(wide), FORMAT);
  expect(parsed.refusal).toContain("more than 2000 columns");
});

test("the head of a large file is enough for its preview", async () => {
  const text = Buffer.from(hourlyCsv(60_000));
  const { format, preview } = await inspectFile({
    source: inPieces(text, 100_000),
    fileName: "ETHUSDT.csv",
    format: null,
  });
  expect(format.symbol).toBe("ETHUSDT");
  expect(preview).toMatchObject({ complete: false, refusal: null, symbols: ["ETHUSDT"] });
  expect(preview.rejections).toEqual([]);
});

test("a corrected format is used as it is", async () => {
  const { preview } = await inspectFile({
    source: inPieces(Buffer.from(hourlyCsv(20))),
    fileName: "ETHUSDT.csv",
    format: { ...FORMAT, timestampUnit: "s" },
  });
  expect(preview.refusal).toContain("is no time in Unix seconds");
});
