import type { TradeFileFormat } from "#contracts/upload.ts";
import { FileTable, type TableLimits } from "./file-table.ts";
import { numberFault } from "./number-fault.ts";
import { parseNumber } from "./parse-number.ts";
import type { RowFault } from "./price-fault.ts";
import { symbolFault } from "./symbol-fault.ts";
import { textHash } from "./text-hash.ts";

/** Values of a row, in the order of its columns. The last is the id, or a hash of what is not read. */
export const TRADE_VALUES = { price: 0, quantity: 1, identity: 2 } as const;

/** Rows of a file of trades. */
export class TradeTable extends FileTable<TradeFileFormat> {
  /** Columns that say nothing about the bars but tell two trades of one moment apart. */
  private otherColumns: readonly number[] = [];

  constructor(format: TradeFileFormat, limits: TableLimits = {}) {
    super(format, limits);
    const { symbol, price, quantity } = format.columns;
    if (symbol === null && format.symbol === null) {
      this.refusal = "The name of the file gives no symbol: enter one, or choose its column";
    } else if (price === null) {
      this.refusal = "Choose the column of the prices";
    } else if (quantity === null) {
      this.refusal = "Choose the column of the quantities";
    }
  }

  /** Whether trades carry the ids of their venue. */
  get hasIds(): boolean {
    return this.format.columns.id !== null;
  }

  protected start(): void {
    if (this.hasIds) return;
    const read = new Set(Object.values<number | null>(this.format.columns));
    const indexes = Array.from({ length: this.columnCount }, (_, index) => index);
    this.otherColumns = indexes.filter((index) => !read.has(index));
  }

  protected addRow(cells: readonly string[], line: string, lineNumber: number): void {
    const symbol = this.symbolOf(cells);
    const row = this.placeOf(cells, line, { lineNumber, symbol });
    if (row === null) return;
    const price = this.numberOf(cells, "price");
    const quantity = this.numberOf(cells, "quantity");
    const id = this.hasIds ? this.numberOf(cells, "id") : null;
    const fault =
      symbolFault(symbol) ??
      this.faultOf(cells, "price", price) ??
      this.faultOf(cells, "quantity", quantity) ??
      (id === null ? null : this.faultOf(cells, "id", id));
    if (fault === null) {
      this.keep(symbol, row, [price, quantity, id ?? this.hashOfOthers(cells)]);
    } else {
      this.reject(line, lineNumber, fault, fault.field === "symbol" ? this.fileSymbol() : symbol);
    }
  }

  private symbolOf(cells: readonly string[]): string {
    const { symbol } = this.format.columns;
    return symbol === null ? this.fileSymbol() : (cells[symbol] ?? "");
  }

  private numberOf(cells: readonly string[], field: TradeField): number {
    return parseNumber(cells[this.format.columns[field] ?? 0] ?? "");
  }

  private faultOf(cells: readonly string[], field: TradeField, value: number): RowFault | null {
    const fault = numberFault(field, cells[this.format.columns[field] ?? 0] ?? "", value);
    return fault ?? (field === "id" ? idFault(value) : amountFault(field, value));
  }

  private hashOfOthers(cells: readonly string[]): number {
    let hash = 0;
    for (const index of this.otherColumns) hash = textHash(cells[index] ?? "", hash);
    return hash;
  }

  protected fileSymbol(): string {
    return this.format.columns.symbol === null ? (this.format.symbol ?? "") : "";
  }
}

type TradeField = "price" | "quantity" | "id";

function amountFault(field: string, value: number): RowFault | null {
  if (value <= 0) return { field, reason: `${field} is not above zero` };
  return value === Number.POSITIVE_INFINITY ? { field, reason: `${field} is not finite` } : null;
}

function idFault(value: number): RowFault | null {
  if (Number.isSafeInteger(value) && value >= 0) return null;
  return { field: "id", reason: "id is not a whole number" };
}
