import type { Bar } from "./bar.ts";
import { RecentBlocks } from "./recent-blocks.ts";

const HOURS = 24;
const FIELDS = 11;
/** A day of hours takes 2 KB; nearly three years of them stay. */
const DAYS_MAX = 1_000;

/** Bars of whole hours that were asked for before, in rows of numbers by day. */
export class HourBars {
  readonly #days = new RecentBlocks<Float64Array>(DAYS_MAX);

  load(hour: number, bar: Bar): boolean {
    const day = Math.floor(hour / HOURS);
    const row = this.#day(day).subarray((hour - day * HOURS) * FIELDS);
    const count = row[0] ?? Number.NaN;
    if (Number.isNaN(count)) return false;
    bar.count = count;
    bar.open = row[1] ?? 0;
    bar.high = row[2] ?? 0;
    bar.low = row[3] ?? 0;
    bar.close = row[4] ?? 0;
    bar.lots = row[5] ?? 0;
    bar.takerLots = row[6] ?? 0;
    bar.quoteHigh = row[7] ?? 0;
    bar.quoteLow = row[8] ?? 0;
    bar.takerQuoteHigh = row[9] ?? 0;
    bar.takerQuoteLow = row[10] ?? 0;
    return true;
  }

  store(hour: number, bar: Bar): void {
    const day = Math.floor(hour / HOURS);
    const { count, open, high, low, close, lots, takerLots } = bar;
    const quotes = [bar.quoteHigh, bar.quoteLow, bar.takerQuoteHigh, bar.takerQuoteLow];
    this.#day(day).set(
      [count, open, high, low, close, lots, takerLots, ...quotes],
      (hour - day * HOURS) * FIELDS,
    );
  }

  #day(day: number): Float64Array {
    return this.#days.get(day, () => new Float64Array(HOURS * FIELDS).fill(Number.NaN));
  }
}
