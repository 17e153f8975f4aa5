import type { RowRejection } from "#contracts/market-data.ts";
import { REJECTED_TEXT_MAX, REJECTIONS_KEPT_MAX, SYMBOL_LENGTH_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";

/** Counts of what was not imported, of a file or of one symbol. */
export type RejectionCounts = { readonly rejected: number; readonly duplicates: number };

/** Collects rejected rows: all are counted, the first thousand are kept. */
export class RejectionLog {
  private readonly kept: RowRejection[] = [];
  private readonly bySymbol = new Map<string, { rejected: number; duplicates: number }>();
  private total = { rejected: 0, duplicates: 0 };

  add(rejection: RowRejection, kind: "rejected" | "duplicates" = "rejected"): void {
    this.total[kind] += 1;
    const counts = this.bySymbol.get(rejection.symbol) ?? { rejected: 0, duplicates: 0 };
    counts[kind] += 1;
    this.bySymbol.set(rejection.symbol, counts);
    if (this.kept.length >= REJECTIONS_KEPT_MAX) return;
    this.kept.push({
      ...rejection,
      symbol: shortText(rejection.symbol, SYMBOL_LENGTH_MAX),
      field: shortText(rejection.field, REJECTED_TEXT_MAX),
      text: shortText(rejection.text, REJECTED_TEXT_MAX),
    });
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
