import type { RowRejection } from "#contracts/market-data.ts";
import {
  REJECTED_TEXT_MAX,
  REJECTIONS_KEPT_MAX,
  SYMBOL_LENGTH_MAX,
  SYMBOLS_MAX,
} from "./row-limits.ts";
import { shortText } from "./short-text.ts";

/** Symbols whose rejected rows are counted apart. */
const SYMBOLS_COUNTED_MAX = 10 * SYMBOLS_MAX;

/** Counts of what was not imported, of a file or of one symbol. */
export type RejectionCounts = { readonly rejected: number; readonly duplicates: number };

/** Collects rejected rows: all are counted, the first thousand are kept. */
export class RejectionLog {
  private readonly kept: RowRejection[] = [];
  private readonly bySymbol = new Map<string, { rejected: number; duplicates: number }>();
  private total = { rejected: 0, duplicates: 0 };

  add(rejection: RowRejection, kind: "rejected" | "duplicates" = "rejected"): void {
    this.count(rejection.symbol, kind, 1);
    if (this.isFull) return;
    this.kept.push({
      ...rejection,
      symbol: shortText(rejection.symbol, SYMBOL_LENGTH_MAX),
      field: shortText(rejection.field, REJECTED_TEXT_MAX),
      text: shortText(rejection.text, REJECTED_TEXT_MAX),
    });
  }

  /** Whether another rejected row would only be counted. */
  get isFull(): boolean {
    return this.kept.length >= REJECTIONS_KEPT_MAX;
  }

  /** Counts rows that are not described. */
  count(symbol: string, kind: "rejected" | "duplicates", rows: number): void {
    this.total[kind] += rows;
    const counts = this.bySymbol.get(symbol) ?? { rejected: 0, duplicates: 0 };
    counts[kind] += rows;
    // A file of rows at fault can name a symbol a row; what is imported has far fewer.
    if (this.bySymbol.size < SYMBOLS_COUNTED_MAX || this.bySymbol.has(symbol)) {
      this.bySymbol.set(symbol, counts);
    }
  }

  counts(symbol?: string): RejectionCounts {
    if (symbol === undefined) return this.total;
    return this.bySymbol.get(symbol) ?? { rejected: 0, duplicates: 0 };
  }

  /** Kept rejections by line. */
  list(): RowRejection[] {
    return this.kept.toSorted((a, b) => a.line - b.line);
  }
}
