import { BAR_PROVENANCE_CODES } from "#contracts/bar-provenance.ts";
import type { BarOrigins, Bars } from "#db/bars.ts";
import type { TradeBar } from "#quant/market-data/trade-bar.ts";

const FIELDS = [
  ...(["openTimeMs", "open", "high", "low", "close", "volume"] as const),
  ...(["tradeCount", "firstId", "lastId"] as const),
] as const;
type Field = (typeof FIELDS)[number];

const CAPACITY_START = 1_024;

/** Bars of trades as columns that grow: a bar as an object takes four times the memory. */
export class BarColumns {
  private readonly columns = new Map<Field, Float64Array<ArrayBuffer>>(
    FIELDS.map((field) => [field, new Float64Array(CAPACITY_START)]),
  );
  private capacity = CAPACITY_START;
  private length = 0;

  /** Takes the next bar; none of it is kept. */
  add(bar: TradeBar): void {
    if (this.length === this.capacity) this.grow();
    for (const [field, column] of this.columns) column[this.length] = bar[field];
    this.length += 1;
  }

  /** The bars, oldest first: one object with changing values. */
  *bars(): Generator<TradeBar> {
    const bar = {
      ...{ openTimeMs: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 },
      ...{ tradeCount: 0, lateCount: 0, backfilledCount: 0, firstId: 0, lastId: 0 },
    };
    for (let i = 0; i < this.length; i++) {
      for (const [field, column] of this.columns) bar[field] = column[i] ?? 0;
      yield bar;
    }
  }

  /** The columns as they are stored; the first and the last bar are partial. */
  finish(): { readonly bars: Bars; readonly origins: BarOrigins } {
    const unknown = () => new Float64Array(this.length).fill(Number.NaN);
    const provenance = unknown();
    for (const edge of [0, this.length - 1]) provenance[edge] = BAR_PROVENANCE_CODES.partial;
    return {
      bars: {
        openTimeMs: this.column("openTimeMs"),
        open: this.column("open"),
        high: this.column("high"),
        low: this.column("low"),
        close: this.column("close"),
        volume: this.column("volume"),
      },
      origins: {
        provenance,
        tradeCount: this.column("tradeCount"),
        lateCount: unknown(),
        backfilledCount: unknown(),
      },
    };
  }

  private column(field: Field): Float64Array {
    return (this.columns.get(field) ?? new Float64Array()).slice(0, this.length);
  }

  private grow(): void {
    this.capacity *= 2;
    for (const [field, column] of this.columns) {
      this.columns.set(field, new Float64Array(column.buffer.transfer(this.capacity * 8)));
    }
  }
}
