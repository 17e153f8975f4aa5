import { AppError } from "#contracts/error-code.ts";
import type { UploadFormat } from "#contracts/upload.ts";
import { columnByName, isKnownColumnName } from "./column-names.ts";
import { detectTimestampUnit } from "./detect-timestamp-unit.ts";
import { isNoValue, parseNumber } from "./parse-number.ts";
import { COLUMNS_MAX, QUOTED_TEXT_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";
import { splitLine } from "./split-line.ts";
import { symbolFromFileName } from "./symbol-from-file-name.ts";
import { leadLineCount } from "./table-start.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** Rows that are looked at; the rest of a file is read by what they say. */
const SAMPLE_ROWS = 50;

/**
 * Format of a price file from its first lines: delimiter, header, layout, columns, unit of time.
 *
 * @param lines the first lines of the file, at least one
 * @param fileName gives the symbol when no column does
 * @throws {AppError} unsupported-file: no table of times and prices can be seen
 */
export function detectFormat(lines: readonly string[], fileName: string): UploadFormat {
  const filled = lines.filter((line) => line.trim() !== "").slice(0, SAMPLE_ROWS + 6);
  if (filled.length === 0) throw new AppError("unsupported-file", "The file has no lines");
  const delimiter = detectDelimiter(filled);
  const rows = filled
    .slice(leadLineCount(filled, delimiter))
    .map((line) => splitLine(line, delimiter))
    .filter((cells) => cells !== null);
  const [first] = rows;
  if (first === undefined) throw new AppError("unsupported-file", "The file has no rows");
  if (first.length > COLUMNS_MAX) {
    throw new AppError("unsupported-file", `Line 1 has more than ${COLUMNS_MAX} columns`);
  }
  const hasHeader = isHeader(first);
  const body = hasHeader ? rows.slice(1) : rows;
  if (body.length === 0)
    throw new AppError("unsupported-file", "The file has a header but no rows");
  const format = hasHeader ? byNames(first, body) : byPosition(body);
  const single = format.layout === "single" ? symbolFromFileName(fileName) : null;
  return { ...format, delimiter, hasHeader, symbol: single };
}

type Table = Pick<UploadFormat, "layout" | "timestampUnit" | "columns">;

/** The delimiter that cuts the most rows into one and the same number of cells, more than one. */
function detectDelimiter(lines: readonly string[]): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly score: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const widths = lines.map((line) => splitLine(line, delimiter)?.length ?? 0);
    const usual = mostFrequent(widths.filter((width) => width > 1));
    if (usual === null) continue;
    const score = widths.filter((width) => width === usual).length;
    if (best === null || score > best.score) best = { delimiter, score };
  }
  if (best === null) {
    throw new AppError(
      "unsupported-file",
      "No columns can be seen: separate them by comma, semicolon, tab or |",
    );
  }
  return best.delimiter;
}

function mostFrequent(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: number | null = null;
  for (const [value, count] of counts) {
    if (best === null || count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}

/** A header has a name of a column, or no number and no time at all. */
function isHeader(cells: readonly string[]): boolean {
  if (cells.some(isKnownColumnName)) return true;
  return !cells.some(
    (cell) => !Number.isNaN(parseNumber(cell)) || detectTimestampUnit([cell]) !== null,
  );
}

function byNames(header: readonly string[], body: readonly string[][]): Table {
  const time = columnByName(header, "time") ?? timeByContent(body);
  const timestampUnit = time === null ? null : detectTimestampUnit(cellsOf(body, time));
  if (time === null || timestampUnit === null) throw noTimeColumn(time, body);
  const columns = {
    time,
    symbol: columnByName(header, "symbol"),
    open: columnByName(header, "open"),
    high: columnByName(header, "high"),
    low: columnByName(header, "low"),
    close: columnByName(header, "close"),
    volume: columnByName(header, "volume"),
  };
  if (isWide(header, body, columns))
    return { layout: "wide", timestampUnit, columns: onlyTime(time) };
  const close = columns.close ?? onlyOtherNumber(header, body, time);
  if (close === null) {
    throw new AppError("unsupported-file", "No column of closing prices can be seen");
  }
  const layout = columns.symbol === null ? "single" : "long";
  return { layout, timestampUnit, columns: { ...columns, close } };
}

/**
 * Wide: a time and at least two columns of numbers under names that no price column has. A symbol can be
 * called "C" or "LOW", so a file with few familiar names among many others is wide too.
 */
function isWide(
  header: readonly string[],
  body: readonly string[][],
  columns: UploadFormat["columns"],
): boolean {
  const isNumeric = (index: number) => index !== columns.time && isNumberColumn(body, index);
  const others = header.filter((name, index) => !isKnownColumnName(name) && isNumeric(index));
  const known = header.filter((name, index) => isKnownColumnName(name) && isNumeric(index));
  if (columns.close === null && columns.symbol === null) return others.length >= 2;
  return columns.symbol === null && columns.open === null && others.length > 10 * known.length;
}

function onlyOtherNumber(
  header: readonly string[],
  body: readonly string[][],
  time: number,
): number | null {
  const candidates = header.flatMap((_, index) =>
    index !== time && isNumberColumn(body, index) ? [index] : [],
  );
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** Without names the order counts: [symbol,] time, open, high, low, close[, volume] or time, close[, volume]. */
function byPosition(body: readonly string[][]): Table {
  const time = timeByContent(body);
  const timestampUnit = time === null ? null : detectTimestampUnit(cellsOf(body, time));
  if (time === null || timestampUnit === null) throw noTimeColumn(time, body);
  const width = body[0]?.length ?? 0;
  const indexes = Array.from({ length: width }, (_, index) => index);
  const numbers = indexes.filter((index) => index > time && isNumberColumn(body, index));
  const symbol = indexes.find((index) => index !== time && isTextColumn(body, index)) ?? null;
  const [a, b, c, d, e] = numbers;
  const layout = symbol === null ? "single" : "long";
  if (a !== undefined && b !== undefined && c !== undefined && d !== undefined) {
    const columns = { time, symbol, open: a, high: b, low: c, close: d, volume: e ?? null };
    return { layout, timestampUnit, columns };
  }
  if (a === undefined) {
    throw new AppError("unsupported-file", "No column of closing prices can be seen");
  }
  const columns = { ...onlyTime(time), symbol, close: a, volume: b ?? null };
  return { layout, timestampUnit, columns };
}

function timeByContent(body: readonly string[][]): number | null {
  const width = body[0]?.length ?? 0;
  for (let index = 0; index < width; index++) {
    if (detectTimestampUnit(cellsOf(body, index)) !== null) return index;
  }
  return null;
}

function noTimeColumn(time: number | null, body: readonly string[][]): AppError {
  const example =
    time === null ? "" : ` (the first is "${shortText(body[0]?.[time] ?? "", QUOTED_TEXT_MAX)}")`;
  return new AppError(
    "unsupported-file",
    `No column of times can be read${example}: use Unix seconds, milliseconds or microseconds, ISO 8601 or YYYY-MM-DD`,
  );
}

function onlyTime(time: number): UploadFormat["columns"] {
  return { time, symbol: null, open: null, high: null, low: null, close: null, volume: null };
}

function cellsOf(body: readonly string[][], index: number): string[] {
  return body.map((cells) => cells[index] ?? "");
}

/** Mostly numbers: a bad row or a hole must not hide a column. */
function isNumberColumn(body: readonly string[][], index: number): boolean {
  const filled = cellsOf(body, index).filter((cell) => !isNoValue(cell));
  // A wide file may have a symbol that starts later than the sample: an empty column is one of numbers.
  return filled.filter((cell) => !Number.isNaN(parseNumber(cell))).length * 2 >= filled.length;
}

function isTextColumn(body: readonly string[][], index: number): boolean {
  const cells = cellsOf(body, index);
  return cells.every((cell) => /^[A-Za-z][\w./-]{0,31}$/.test(cell) && !isNoValue(cell));
}
