import { expect, test } from "vitest";
import type { BarFileFormat } from "#contracts/upload.ts";
import type { TableLimits } from "./file-table.ts";
import { hourlyRows, parseText, START_MS } from "./import-cases.test-support.ts";
import { parsedUpload } from "./parsed-upload.ts";
import { UploadTable } from "./upload-table.ts";

const NO_COLUMNS = { symbol: null, open: null, high: null, low: null, close: null, volume: null };
const CLOSES: BarFileFormat = {
  layout: "single",
  delimiter: ",",
  hasHeader: true,
  timestampUnit: "ms",
  symbol: "X",
  columns: { ...NO_COLUMNS, time: 0, close: 1 },
};

function read(lines: readonly string[], format: BarFileFormat, limits: TableLimits) {
  const table = new UploadTable(format, limits);
  table.addLines({ firstLine: 1, lines });
  return parsedUpload(table);
}

const closes = ["ts,close", ...hourlyRows(40).map((row) => row.split(",").slice(0, 2).join(","))];

test("regression: a file could have any number of rows", () => {
  expect(read(closes, CLOSES, { rowsMax: 40 }).refusal).toBeNull();
  expect(read(closes, CLOSES, { rowsMax: 39 }).refusal).toBe(
    "Line 41 goes beyond the 39 rows that a file may have: split the file",
  );
});

test("rows at fault count as rows, so that a file of nothing else ends too", () => {
  const faulty = closes.map((line) => `${line},`.replace(/,\d+,$/, ",-1"));
  expect(read(faulty, CLOSES, { rowsMax: 39 }).refusal).toContain("Line 41 goes beyond");
});

test("regression: a wide file could have any number of prices", () => {
  const wide = ["ts,A,B,C", ...hourlyRows(40).map((row) => row.split(",").slice(0, 4).join(","))];
  const format: BarFileFormat = { ...CLOSES, layout: "wide", columns: { ...NO_COLUMNS, time: 0 } };
  expect(read(wide, format, { valuesMax: 120 }).refusal).toBeNull();
  expect(read(wide, format, { valuesMax: 119 }).refusal).toBe(
    "Line 41 goes beyond the 119 prices that a file may have: split the file",
  );
});

test("a limit of thousands is written in thousands", () => {
  const rows = Array.from({ length: 1_500 }, (_, i) => `${START_MS + i * 60_000},1`);
  expect(read(["ts,close", ...rows], CLOSES, { rowsMax: 1_200 }).refusal).toContain("1,200 rows");
});

test("regression: what a file has no column for took as much memory as what it has", async () => {
  const wide = ["ts,A,B", ...hourlyRows(40).map((row) => row.split(",").slice(0, 3).join(","))];
  const { series } = await parseText(wide.join("\n"));
  const absent = series.flatMap(({ bars }) => [bars.open, bars.high, bars.low, bars.volume]);
  expect(absent).toHaveLength(8);
  expect(new Set(absent.map(({ buffer }) => buffer)).size).toBe(1);
  expect(absent.every((values) => values.length === 40 && values.every(Number.isNaN))).toBe(true);
  expect(series[0]?.bars.close[2]).toBe(102);
  expect(series[1]?.bars.close[2]).toBe(104);
});
