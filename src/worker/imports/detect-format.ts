import { AppError } from "#contracts/error-code.ts";
import type { BarFileFormat, UploadDelimiter, UploadFormat } from "#contracts/upload.ts";
import { cellsOf, isNumberColumn, isTextColumn } from "./column-cells.ts";
import { columnByName, isKnownColumnName } from "./column-names.ts";
import { detectTimestampUnit } from "./detect-timestamp-unit.ts";
import { detectTrades } from "./detect-trades.ts";
import { jsonCells, jsonObject } from "./json-line.ts";
import { parseNumber } from "./parse-number.ts";
import { COLUMNS_MAX, QUOTED_TEXT_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";
import { splitLine } from "./split-line.ts";
import { symbolFromFileName } from "./symbol-from-file-name.ts";
import { leadLineCount } from "./table-start.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** Rows that are looked at; the rest of a file is read by what they say. */
const SAMPLE_ROWS = 50;

/** The bars that trades become unless the person chooses others. */
const INTERVALS_MS_DEFAULT = [60_000] as const;

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
  const { delimiter, hasHeader, header, body } = jsonSample(filled) ?? textSample(filled);
  const trades = detectTrades(header, body);
  if (trades !== null) {
    const symbol = trades.columns.symbol === null ? symbolFromFileName(fileName) : null;
    const intervalsMs = [...INTERVALS_MS_DEFAULT];
    return { layout: "trades", ...trades, delimiter, hasHeader, symbol, intervalsMs };
  }
  const format = header === null ? byPosition(body) : byNames(header, body);
  const symbol = format.layout === "single" ? symbolFromFileName(fileName) : null;
  return { ...format, delimiter, hasHeader, symbol };
}

/** The first rows of a file, cut into cells. */
type Sample = {
  readonly delimiter: UploadDelimiter;
  readonly hasHeader: boolean;
  /** Names of the columns; null when the file has none. */
  readonly header: readonly string[] | null;
  readonly body: readonly string[][];
};

/** Rows of a file that has a JSON object a line; null for any other file. */
function jsonSample(lines: readonly string[]): Sample | null {
  const objects = lines.map(jsonObject);
  const [first] = objects;
  if (first === null || first === undefined) return null;
  const header = [...first.keys()];
  requireFewColumns(header);
  const body = objects.flatMap((object) => (object === null ? [] : [jsonCells(object, header)]));
  return { delimiter: "json", hasHeader: false, header, body };
}

function textSample(lines: readonly string[]): Sample {
  const delimiter = detectDelimiter(lines);
  const rows = lines
    .slice(leadLineCount(lines, delimiter))
    .map((line) => splitLine(line, delimiter))
    .filter((cells) => cells !== null);
  const [first] = rows;
  if (first === undefined) throw new AppError("unsupported-file", "The file has no rows");
  requireFewColumns(first);
  const hasHeader = isHeader(first);
  const body = hasHeader ? rows.slice(1) : rows;
  if (body.length === 0)
    throw new AppError("unsupported-file", "The file has a header but no rows");
  return { delimiter, hasHeader, header: hasHeader ? first : null, body };
}

function requireFewColumns(cells: readonly string[]): void {
  if (cells.length <= COLUMNS_MAX) return;
  throw new AppError("unsupported-file", `Line 1 has more than ${COLUMNS_MAX} columns`);
}

type Table = Pick<BarFileFormat, "layout" | "timestampUnit" | "columns">;

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
  columns: BarFileFormat["columns"],
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

function onlyTime(time: number): BarFileFormat["columns"] {
  return { time, symbol: null, open: null, high: null, low: null, close: null, volume: null };
}
