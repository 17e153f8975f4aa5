/** Consecutive trades in columns, oldest first; prices in ticks, quantities in lots. */
export class TradeColumns {
  /** Id of the first of them. */
  firstId = 0;
  count = 0;
  priceTicks = new Float64Array(256);
  lots = new Float64Array(256);
  timeMs = new Float64Array(256);
  /** 1 when the buyer was the maker, that is when the aggressor sold. */
  isSell = new Uint8Array(256);

  reserve(capacity: number): void {
    if (capacity <= this.priceTicks.length) return;
    const size = Math.max(capacity, this.priceTicks.length * 2);
    this.priceTicks = grown(this.priceTicks, new Float64Array(size));
    this.lots = grown(this.lots, new Float64Array(size));
    this.timeMs = grown(this.timeMs, new Float64Array(size));
    this.isSell = grown(this.isSell, new Uint8Array(size));
  }

  /** Appends rows [from, to) of others, which follow these without a gap. */
  append(others: TradeColumns, from: number, to: number): void {
    if (to <= from) return;
    if (this.count === 0) this.firstId = others.firstId + from;
    this.reserve(this.count + to - from);
    this.priceTicks.set(others.priceTicks.subarray(from, to), this.count);
    this.lots.set(others.lots.subarray(from, to), this.count);
    this.timeMs.set(others.timeMs.subarray(from, to), this.count);
    this.isSell.set(others.isSell.subarray(from, to), this.count);
    this.count += to - from;
  }

  /** First row whose time is at or after the given one; the count when there is none. */
  rowAt(timeMs: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.timeMs[middle] ?? 0) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function grown<Column extends Float64Array | Uint8Array>(column: Column, larger: Column): Column {
  larger.set(column);
  return larger;
}
