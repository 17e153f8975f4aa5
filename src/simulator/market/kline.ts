import { Bar } from "./bar.ts";
import type { Interval } from "./intervals.ts";
import type { Tape } from "./tape.ts";
import { TradeColumns } from "./trade-columns.ts";

/** A bar with its place in time; `isEmpty` ones carry the last price before them. */
export type Kline = {
  readonly openMs: number;
  /** Last millisecond of the bar, as the venue says it. */
  readonly closeMs: number;
  readonly bar: Bar;
  /** Raw trades: first and last id (−1 when there are none) and their number. */
  readonly rawFirst: number;
  readonly rawLast: number;
  readonly rawCount: number;
};

/**
 * The bar that begins at a time, of trades before `endMs` (now, while the bar is open).
 *
 * @returns null when trading was closed for its whole span, or nothing had ever traded
 */
export function klineAt(
  tape: Tape,
  interval: Interval,
  openMs: number,
  endMs: number,
): Kline | null {
  // Of a bar that began before the tape only a part is known: it is none.
  if (openMs < tape.startMs) return null;
  const nextMs = interval.next(openMs);
  const toMs = Math.min(nextMs, endMs);
  const bar = new Bar();
  bar.reset(tape.firstIdAt(openMs));
  tape.addBar(openMs, toMs, bar);
  const closeMs = nextMs - 1;
  if (bar.count > 0) {
    const rawFirst = tape.rawFirst(bar.firstId);
    const rawLast = tape.rawLast(bar.firstId + bar.count - 1);
    return { openMs, closeMs, bar, rawFirst, rawLast, rawCount: rawLast - rawFirst + 1 };
  }
  if (tape.isClosed(openMs, toMs)) return null;
  const last = lastPriceBefore(tape, bar.firstId, openMs);
  if (last === null) return null;
  bar.open = bar.high = bar.low = bar.close = last;
  return { openMs, closeMs, bar, rawFirst: -1, rawLast: -1, rawCount: 0 };
}

function lastPriceBefore(tape: Tape, id: number, timeMs: number): number | null {
  if (id <= tape.oldestId) return null;
  const trade = new TradeColumns();
  tape.collectFrom(id - 1, 1, timeMs, trade);
  return trade.count === 0 ? null : (trade.priceTicks[0] ?? null);
}
