import type { UploadFormat } from "#contracts/upload.ts";
import { isNoValue, parseNumber } from "./parse-number.ts";
import { type CellTime, parseTime } from "./parse-time.ts";
import { type BarPrices, priceFault, type RowFault } from "./price-fault.ts";
import { RejectionLog } from "./rejection-log.ts";
import { RowColumns } from "./row-columns.ts";
import {
  COLUMNS_MAX,
  QUOTED_TEXT_MAX,
  ROWS_MAX,
  SYMBOL_LENGTH_MAX,
  SYMBOLS_MAX,
  VALUES_MAX,
} from "./row-limits.ts";
import { shortText } from "./short-text.ts";
import { splitLine } from "./split-line.ts";
import { leadLineCount } from "./table-start.ts";
import type { TextLines } from "./text-lines.ts";

const BAR_FIELDS = ["open", "high", "low", "close", "volume"] as const;
export type BarField = (typeof BAR_FIELDS)[number];

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
  iso: "in ISO 8601",
  date: "written YYYY-MM-DD",
};

/**
 * The rows of a file as one format reads them: those that can be right by themselves in columns, the
 * others in the log. Whether rows fit together (order, duplicates, interval) is decided later.
 */
export class UploadTable {
  readonly format: UploadFormat;
  /** Columns of the rows: what the file has of a bar. A wide file has closes, a column a symbol. */
  readonly barFields: readonly BarField[];
  readonly log = new RejectionLog();
  /** Rows by symbol; the rows of a wide file stand under "". */
  readonly rows = new Map<string, RowColumns>();
  header: readonly string[] = [];
  /** Symbols of a wide file, in the order of its columns. */
  wideSymbols: readonly string[] = [];
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
  private wideColumns: readonly { readonly symbol: string; readonly index: number }[] = [];
  private isStarted = false;

  constructor(format: UploadFormat, limits: TableLimits = {}) {
    this.format = format;
    this.barFields = BAR_FIELDS.filter((field) => format.columns[field] !== null);
    this.limits = { firstRowsMax: 0, rowsMax: ROWS_MAX, valuesMax: VALUES_MAX, ...limits };
    if (format.layout === "single" && format.symbol === null) {
      this.refusal = "The name of the file gives no symbol: enter one";
    } else if (format.layout === "long" && format.columns.symbol === null) {
      this.refusal = "Choose the column of the symbols";
    } else if (format.layout !== "wide" && format.columns.close === null) {
      this.refusal = "Choose the column of the closing prices";
    } else if (format.layout === "wide" && !format.hasHeader) {
      this.refusal = "A wide file needs a first line with the symbols";
    }
  }

  /** Reads lines that follow those read before. Does nothing once the file as a whole is refused. */
  addLines(block: TextLines): void {
    for (let i = 0; i < block.lines.length && this.refusal === null; i++) {
      const line = block.lines[i] ?? "";
      if (line !== "" && line.trim() !== "") this.addLine(line, block.firstLine + i);
    }
  }

  private addLine(line: string, lineNumber: number): void {
    if (!this.isStarted && this.isLeadLine(line)) return;
    const cells = splitLine(line, this.format.delimiter);
    if (!this.isStarted) {
      this.isStarted = true;
      this.start(cells ?? [], lineNumber);
      if (this.format.hasHeader || this.refusal !== null) return;
    }
    this.rowCount += 1;
    if (this.rowCount > this.limits.rowsMax) {
      this.refuseTooLarge(lineNumber, `${this.limits.rowsMax.toLocaleString("en")} rows`);
      return;
    }
    if (cells === null) {
      this.reject(line, lineNumber, { field: "row", reason: "the quotation marks do not match" });
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

  private isLeadLine(line: string): boolean {
    const isLead = leadLineCount([line], this.format.delimiter) === 1 && this.needsManyColumns();
    if (isLead) this.leadLines += 1;
    return isLead && this.leadLines <= 5;
  }

  private needsManyColumns(): boolean {
    const { columns, layout } = this.format;
    return layout === "wide" || columns.close !== columns.time;
  }

  private start(cells: readonly string[], lineNumber: number): void {
    this.width = cells.length;
    if (cells.length > 1 && cells[cells.length - 1] === "" && this.format.hasHeader)
      this.width -= 1;
    if (this.format.hasHeader) this.header = cells.slice(0, this.width);
    const { columns } = this.format;
    const outside = Object.entries(columns).find(([, index]) => (index ?? 0) >= this.width);
    if (cells.length > COLUMNS_MAX) {
      this.refusal = `Line ${lineNumber} has more than ${COLUMNS_MAX} columns`;
    } else if (outside !== undefined) {
      this.refusal = `Line ${lineNumber} has ${this.width} columns, so ${outside[0]} cannot be column ${(outside[1] ?? 0) + 1}`;
    } else if (this.format.layout === "wide") {
      this.startWide();
    }
  }

  private startWide(): void {
    const { time } = this.format.columns;
    this.wideColumns = this.header.flatMap((symbol, index) =>
      index === time || symbol === "" ? [] : [{ symbol, index }],
    );
    this.wideSymbols = this.wideColumns.map(({ symbol }) => symbol);
    const twice = this.wideSymbols.find((symbol, i) => this.wideSymbols.indexOf(symbol) !== i);
    const overlong = this.wideSymbols.find((symbol) => symbol.length > SYMBOL_LENGTH_MAX);
    if (this.wideSymbols.length === 0) this.refusal = "The first line names no symbols";
    else if (twice !== undefined) this.refusal = `The first line names ${twice} twice`;
    else if (overlong !== undefined)
      this.refusal = `"${shortText(overlong, QUOTED_TEXT_MAX)}…" is too long for a symbol`;
  }

  private addRow(cells: readonly string[], line: string, lineNumber: number): void {
    const { columns, timestampUnit, layout } = this.format;
    const timeText = cells[columns.time] ?? "";
    const time = parseTime(timeText, timestampUnit);
    if (time === null) {
      const reason =
        timeText === ""
          ? "time is empty"
          : `"${shortText(timeText, QUOTED_TEXT_MAX)}" is no time ${TIME_UNIT_WORDS[timestampUnit]}`;
      const symbol = layout === "long" ? (cells[columns.symbol ?? 0] ?? "") : this.fileSymbol();
      this.reject(line, lineNumber, { field: "time", reason }, symbol);
      return;
    }
    if (layout === "wide") this.addWideRow(cells, line, { ...time, line: lineNumber });
    else this.addBar(cells, line, { ...time, line: lineNumber });
  }

  private addWideRow(
    cells: readonly string[],
    line: string,
    row: CellTime & { readonly line: number },
  ): void {
    const values = new Float64Array(this.wideColumns.length);
    for (const [i, { symbol, index }] of this.wideColumns.entries()) {
      const cell = cells[index] ?? "";
      values[i] = Number.NaN;
      if (isNoValue(cell)) continue;
      const value = parseNumber(cell);
      const fault = numberFault("close", cell, value) ?? priceFault(onlyClose(value));
      if (fault === null) values[i] = value;
      else
        this.log.add({ line: row.line, symbol, field: symbol, reason: fault.reason, text: line });
    }
    this.keep("", row, values);
  }

  private addBar(
    cells: readonly string[],
    line: string,
    row: CellTime & { readonly line: number },
  ): void {
    const { columns } = this.format;
    const symbol =
      this.format.layout === "long" ? (cells[columns.symbol ?? 0] ?? "") : this.fileSymbol();
    if (symbol === "" || symbol.length > SYMBOL_LENGTH_MAX) {
      const reason = symbol === "" ? "symbol is empty" : "symbol is longer than 32 characters";
      this.reject(line, row.line, { field: "symbol", reason });
      return;
    }
    const bar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
    for (const field of this.barFields) {
      const index = columns[field];
      if (index === null) continue;
      const cell = cells[index] ?? "";
      if (field === "volume" && isNoValue(cell)) continue;
      bar[field] = parseNumber(cell);
      const fault = numberFault(field, cell, bar[field]);
      if (fault !== null) {
        this.reject(line, row.line, fault, symbol);
        return;
      }
    }
    const fault = priceFault(bar);
    if (fault !== null) {
      this.reject(line, row.line, fault, symbol);
      return;
    }
    this.keep(
      symbol,
      row,
      this.barFields.map((field) => bar[field]),
    );
  }

  private keep(
    symbol: string,
    row: CellTime & { readonly line: number },
    values: ArrayLike<number>,
  ): void {
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
  private fileSymbol(): string {
    return this.format.layout === "single" ? (this.format.symbol ?? "") : "";
  }

  private reject(
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

function numberFault(field: string, cell: string, value: number): RowFault | null {
  if (!Number.isNaN(value)) return null;
  if (cell === "") return { field, reason: `${field} is empty` };
  return { field, reason: `${field} "${shortText(cell, QUOTED_TEXT_MAX)}" is not a number` };
}

function onlyClose(close: number): BarPrices {
  return { open: NaN, high: NaN, low: NaN, close, volume: NaN };
}
