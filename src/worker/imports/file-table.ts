import type { UploadFormat } from "#contracts/upload.ts";
import { jsonCells, jsonObject } from "./json-line.ts";
import { parseTime } from "./parse-time.ts";
import type { RowFault } from "./price-fault.ts";
import { RejectionLog } from "./rejection-log.ts";
import { RowColumns, type RowPlace } from "./row-columns.ts";
import { COLUMNS_MAX, QUOTED_TEXT_MAX, ROWS_MAX, SYMBOLS_MAX, VALUES_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";
import { splitLine } from "./split-line.ts";
import { leadLineCount } from "./table-start.ts";
import type { TextLines } from "./text-lines.ts";

/** How much of a file is kept. */
export type TableLimits = {
  /** Rows kept as text, for a preview; none unless told. */
  readonly firstRowsMax?: number;
  readonly rowsMax?: number;
  readonly valuesMax?: number;
};

const TIME_UNIT_WORDS: Record<UploadFormat["timestampUnit"], string> = {
  s: "in Unix seconds",
  ms: "in Unix milliseconds",
  us: "in Unix microseconds",
  ns: "in Unix nanoseconds",
  iso: "in ISO 8601",
  date: "written YYYY-MM-DD",
};

/**
 * The rows of a file as one format reads them: those that can be right by themselves in columns, the
 * others in the log. Whether rows fit together (order, duplicates, interval) is decided later.
 */
export abstract class FileTable<Format extends UploadFormat> {
  readonly format: Format;
  readonly log = new RejectionLog();
  /** Rows by symbol. */
  readonly rows = new Map<string, RowColumns>();
  header: readonly string[] = [];
  /** Lines with data, right or wrong. */
  rowCount = 0;
  /** Why the file as a whole cannot be read in this format. */
  refusal: string | null = null;
  /** The first rows as text, for the preview. */
  readonly firstRows: { readonly line: number; readonly cells: string[] }[] = [];

  private readonly limits: Required<TableLimits>;
  private valueCount = 0;
  private width = 0;
  private leadLines = 0;
  private isStarted = false;

  protected constructor(format: Format, limits: TableLimits) {
    this.format = format;
    this.limits = { firstRowsMax: 0, rowsMax: ROWS_MAX, valuesMax: VALUES_MAX, ...limits };
  }

  /** Called once, when the number of columns and their names are known. */
  protected abstract start(): void;

  /** Takes a row of the right width. */
  protected abstract addRow(cells: readonly string[], line: string, lineNumber: number): void;

  /** Reads lines that follow those read before. Does nothing once the file as a whole is refused. */
  addLines(block: TextLines): void {
    for (let i = 0; i < block.lines.length && this.refusal === null; i++) {
      const line = block.lines[i] ?? "";
      if (line !== "" && line.trim() !== "") this.addLine(line, block.firstLine + i);
    }
  }

  private addLine(line: string, lineNumber: number): void {
    if (!this.isStarted && this.isLeadLine(line)) return;
    const cells = this.cellsOf(line);
    if (!this.isStarted && (cells !== null || this.format.delimiter !== "json")) {
      this.isStarted = true;
      this.startAt(cells ?? [], lineNumber);
      if (this.hasHeaderLine() || this.refusal !== null) return;
    }
    this.rowCount += 1;
    if (this.rowCount > this.limits.rowsMax) {
      this.refuseTooLarge(lineNumber, `${this.limits.rowsMax.toLocaleString("en")} rows`);
      return;
    }
    if (cells === null) {
      this.reject(line, lineNumber, { field: "row", reason: this.unreadable() });
      return;
    }
    // Some programs end every line with a delimiter.
    if (cells.length === this.width + 1 && cells[this.width] === "") cells.pop();
    if (this.firstRows.length < this.limits.firstRowsMax)
      this.firstRows.push({ line: lineNumber, cells });
    if (cells.length !== this.width) {
      const reason = `the row has ${cells.length} columns instead of ${this.width}`;
      this.reject(line, lineNumber, { field: "row", reason });
      return;
    }
    this.addRow(cells, line, lineNumber);
  }

  private cellsOf(line: string): string[] | null {
    const { delimiter } = this.format;
    if (delimiter !== "json") return splitLine(line, delimiter);
    const object = jsonObject(line);
    if (object === null) return null;
    if (!this.isStarted) this.header = [...object.keys()];
    return jsonCells(object, this.header);
  }

  /** Objects name their columns themselves: the first line is a row already. */
  private hasHeaderLine(): boolean {
    return this.format.hasHeader && this.format.delimiter !== "json";
  }

  private unreadable(): string {
    return this.format.delimiter === "json"
      ? "the row is no JSON object"
      : "the quotation marks do not match";
  }

  private isLeadLine(line: string): boolean {
    const { delimiter } = this.format;
    if (delimiter === "json" || !this.needsManyColumns()) return false;
    const isLead = leadLineCount([line], delimiter) === 1;
    if (isLead) this.leadLines += 1;
    return isLead && this.leadLines <= 5;
  }

  /** Whether a line without a delimiter cannot be a row. */
  protected needsManyColumns(): boolean {
    return true;
  }

  private startAt(cells: readonly string[], lineNumber: number): void {
    this.width = cells.length;
    if (this.hasHeaderLine()) {
      if (cells.length > 1 && cells[cells.length - 1] === "") this.width -= 1;
      this.header = cells.slice(0, this.width);
    }
    const columns = Object.entries<number | null>(this.format.columns);
    const outside = columns.find(([, index]) => (index ?? 0) >= this.width);
    if (cells.length > COLUMNS_MAX) {
      this.refusal = `Line ${lineNumber} has more than ${COLUMNS_MAX} columns`;
    } else if (outside !== undefined) {
      this.refusal = `Line ${lineNumber} has ${this.width} columns, so ${outside[0]} cannot be column ${(outside[1] ?? 0) + 1}`;
    } else {
      this.start();
    }
  }

  protected get columnCount(): number {
    return this.width;
  }

  /** The row's place in time; null, and the row is rejected, when its time cannot be read. */
  protected placeOf(
    cells: readonly string[],
    line: string,
    at: { readonly lineNumber: number; readonly symbol: string },
  ): RowPlace | null {
    const { columns, timestampUnit } = this.format;
    const text = cells[columns.time] ?? "";
    const time = parseTime(text, timestampUnit);
    if (time !== null) return { ...time, line: at.lineNumber };
    const reason =
      text === ""
        ? "time is empty"
        : `"${shortText(text, QUOTED_TEXT_MAX)}" is no time ${TIME_UNIT_WORDS[timestampUnit]}`;
    this.reject(line, at.lineNumber, { field: "time", reason }, at.symbol);
    return null;
  }

  protected keep(symbol: string, row: RowPlace, values: ArrayLike<number>): void {
    this.valueCount += values.length;
    if (this.valueCount > this.limits.valuesMax) {
      this.refuseTooLarge(row.line, `${this.limits.valuesMax.toLocaleString("en")} prices`);
      return;
    }
    this.rowsOf(symbol, values.length).add(row, values);
  }

  private refuseTooLarge(line: number, limit: string): void {
    this.refusal = `Line ${line} goes beyond the ${limit} that a file may have: split the file`;
  }

  private rowsOf(symbol: string, width: number): RowColumns {
    const known = this.rows.get(symbol);
    if (known !== undefined) return known;
    if (this.rows.size >= SYMBOLS_MAX)
      this.refusal = `The file has more than ${SYMBOLS_MAX} symbols`;
    const rows = new RowColumns(width);
    this.rows.set(symbol, rows);
    return rows;
  }

  /** The symbol of every row of the file, also of those that cannot be read; "" where rows differ in it. */
  protected abstract fileSymbol(): string;

  protected reject(
    line: string,
    lineNumber: number,
    fault: RowFault,
    symbol = this.fileSymbol(),
  ): void {
    this.log.add({
      line: lineNumber,
      symbol,
      field: fault.field,
      reason: fault.reason,
      text: line,
    });
  }
}
