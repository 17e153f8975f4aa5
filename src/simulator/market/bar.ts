/**
 * Open, high, low, close, volume of a span, in whole ticks and lots, so that sums are exact.
 *
 * Quote volumes (ticks × lots) outgrow 2⁵³ on busy days, so they are kept as high · 10⁹ + low.
 */
export class Bar {
  /** Trades in the bar; the prices mean nothing when there are none. */
  count = 0;
  /** Id of the first aggregated trade at or after the start of the bar. */
  firstId = 0;
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  lots = 0;
  takerLots = 0;
  quoteHigh = 0;
  quoteLow = 0;
  takerQuoteHigh = 0;
  takerQuoteLow = 0;

  reset(firstId: number): void {
    this.count = 0;
    this.firstId = firstId;
    this.open = 0;
    this.high = 0;
    this.low = 0;
    this.close = 0;
    this.lots = 0;
    this.takerLots = 0;
    this.quoteHigh = 0;
    this.quoteLow = 0;
    this.takerQuoteHigh = 0;
    this.takerQuoteLow = 0;
  }

  addTrade(price: number, lots: number, isSell: boolean): void {
    if (this.count === 0) this.open = this.high = this.low = price;
    if (price > this.high) this.high = price;
    if (price < this.low) this.low = price;
    this.close = price;
    this.count += 1;
    this.#addVolume(lots, price * lots, isSell ? 0 : lots, isSell ? 0 : price * lots);
  }

  /** Adds a later bar that follows without a gap. */
  addBar(later: Bar): void {
    if (later.count === 0) return;
    if (this.count === 0) {
      this.open = later.open;
      this.high = later.high;
      this.low = later.low;
    }
    if (later.high > this.high) this.high = later.high;
    if (later.low < this.low) this.low = later.low;
    this.close = later.close;
    this.count += later.count;
    this.#addVolume(later.lots, later.quoteLow, later.takerLots, later.takerQuoteLow);
    this.quoteHigh += later.quoteHigh;
    this.takerQuoteHigh += later.takerQuoteHigh;
  }

  /** Adds trades that were summed elsewhere; the sums are below 2⁵³. */
  addPart(part: BarPart): void {
    if (this.count === 0) {
      this.open = part.open;
      this.high = part.high;
      this.low = part.low;
    }
    if (part.high > this.high) this.high = part.high;
    if (part.low < this.low) this.low = part.low;
    this.close = part.close;
    this.count += part.trades;
    this.#addVolume(part.lots, part.quote, part.takerLots, part.takerQuote);
  }

  /** Ticks × lots, exactly. */
  get quote(): bigint {
    return joined(this.quoteHigh, this.quoteLow);
  }

  get takerQuote(): bigint {
    return joined(this.takerQuoteHigh, this.takerQuoteLow);
  }

  #addVolume(lots: number, quote: number, takerLots: number, takerQuote: number): void {
    this.lots += lots;
    this.takerLots += takerLots;
    this.quoteLow += quote;
    if (this.quoteLow >= CARRY_ABOVE) {
      const carried = Math.floor(this.quoteLow / LOW_PART);
      this.quoteHigh += carried;
      this.quoteLow -= carried * LOW_PART;
    }
    this.takerQuoteLow += takerQuote;
    if (this.takerQuoteLow >= CARRY_ABOVE) {
      const carried = Math.floor(this.takerQuoteLow / LOW_PART);
      this.takerQuoteHigh += carried;
      this.takerQuoteLow -= carried * LOW_PART;
    }
  }
}

/** Sums over one or more trades, in ticks and lots. */
export type BarPart = {
  readonly trades: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly lots: number;
  readonly takerLots: number;
  readonly quote: number;
  readonly takerQuote: number;
};

const LOW_PART = 1e9;
/** Far below 2⁵³, so that adding one more second's volume stays exact. */
const CARRY_ABOVE = 1e15;

function joined(high: number, low: number): bigint {
  return BigInt(high) * BigInt(LOW_PART) + BigInt(low);
}
