import type { BarFileFormat } from "#contracts/upload.ts";
import { FileTable, type TableLimits } from "./file-table.ts";
import { numberFault } from "./number-fault.ts";
import { isNoValue, parseNumber } from "./parse-number.ts";
import { type BarPrices, priceFault } from "./price-fault.ts";
import type { RowPlace } from "./row-columns.ts";
import { QUOTED_TEXT_MAX, SYMBOL_LENGTH_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";
import { symbolFault } from "./symbol-fault.ts";

const BAR_FIELDS = ["open", "high", "low", "close", "volume"] as const;
export type BarField = (typeof BAR_FIELDS)[number];

/** Rows of a file of bars; those of a wide file stand under "". */
export class UploadTable extends FileTable<BarFileFormat> {
  /** Columns of the rows: what the file has of a bar. A wide file has closes, a column a symbol. */
  readonly barFields: readonly BarField[];
  /** Symbols of a wide file, in the order of its columns. */
  wideSymbols: readonly string[] = [];

  private wideColumns: readonly { readonly symbol: string; readonly index: number }[] = [];

  constructor(format: BarFileFormat, limits: TableLimits = {}) {
    super(format, limits);
    this.barFields = BAR_FIELDS.filter((field) => format.columns[field] !== null);
    if (format.layout === "single" && format.symbol === null) {
      this.refusal = "The name of the file gives no symbol: enter one";
    } else if (format.layout === "long" && format.columns.symbol === null) {
      this.refusal = "Choose the column of the symbols";
    } else if (format.layout !== "wide" && format.columns.close === null) {
      this.refusal = "Choose the column of the closing prices";
    } else if (format.layout === "wide" && !format.hasHeader && format.delimiter !== "json") {
      this.refusal = "A wide file needs a first line with the symbols";
    }
  }

  protected override needsManyColumns(): boolean {
    const { columns, layout } = this.format;
    return layout === "wide" || columns.close !== columns.time;
  }

  protected start(): void {
    if (this.format.layout !== "wide") return;
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

  protected addRow(cells: readonly string[], line: string, lineNumber: number): void {
    const symbol = this.symbolOf(cells);
    const row = this.placeOf(cells, line, { lineNumber, symbol });
    if (row === null) return;
    if (this.format.layout === "wide") this.addWideRow(cells, line, row);
    else this.addBar(cells, line, { row, symbol });
  }

  private symbolOf(cells: readonly string[]): string {
    return this.format.layout === "long"
      ? (cells[this.format.columns.symbol ?? 0] ?? "")
      : this.fileSymbol();
  }

  private addWideRow(cells: readonly string[], line: string, row: RowPlace): void {
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
    { row, symbol }: { readonly row: RowPlace; readonly symbol: string },
  ): void {
    const unnamed = symbolFault(symbol);
    if (unnamed !== null) {
      this.reject(line, row.line, unnamed);
      return;
    }
    const bar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
    for (const field of this.barFields) {
      const index = this.format.columns[field];
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

  protected fileSymbol(): string {
    return this.format.layout === "single" ? (this.format.symbol ?? "") : "";
  }
}

function onlyClose(close: number): BarPrices {
  return { open: NaN, high: NaN, low: NaN, close, volume: NaN };
}
