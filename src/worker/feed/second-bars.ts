import { addTrade } from "#quant/market-data/add-trade.ts";
import type { BarTrade, TradeBar } from "#quant/market-data/trade-bar.ts";
import { mergedSpans, type TimeSpan } from "./time-spans.ts";

const SECOND_MS = 1_000;

/** Seconds that came to their end, and what is to be made again. */
export type ClosedSeconds = {
  /** Bars end until here now, UTC ms; before, they ended until `fromMs`. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly bars: readonly TradeBar[];
  /** Spans of whole seconds whose bars are to be made from the stored trades. */
  readonly again: readonly TimeSpan[];
  /** Ids of trades that came after their second was closed, by its open time. */
  readonly lateIds: ReadonlyMap<number, readonly number[]>;
};

export function secondOf(timeMs: number): number {
  return Math.floor(timeMs / SECOND_MS) * SECOND_MS;
}

/**
 * Bars of one second of one symbol while they are made. A second whose trades come in order is built as
 * they come; one that gets others (after a gap, too late) is made again from the stored trades.
 */
export class SecondBars {
  #untilMs: number;
  readonly #open = new Map<number, TradeBar>();
  #again: TimeSpan[] = [];
  #lateIds = new Map<number, number[]>();
  /** Closed or made again with no trade after them that would prove them whole. */
  #unproven: TimeSpan[] = [];

  /** @param untilMs bars that end until here are made already; a whole second */
  constructor(untilMs: number) {
    this.#untilMs = untilMs;
  }

  get untilMs(): number {
    return this.#untilMs;
  }

  /** Whether `close` has something to tell although no further second has ended. */
  get hasChanges(): boolean {
    return this.#again.some(({ fromMs }) => fromMs < this.#untilMs);
  }

  /** The next trade in order. */
  add(trade: BarTrade): void {
    if (this.#unproven.length > 0) {
      this.#again.push(...this.#unproven);
      this.#unproven = [];
    }
    const second = secondOf(trade.timeMs);
    if (second < this.#untilMs) this.addOld(trade);
    else this.#open.set(second, addTrade(this.#open.get(second) ?? null, trade, SECOND_MS));
  }

  /** A trade out of order. */
  addOld(trade: Pick<BarTrade, "id" | "timeMs" | "backfilled">): void {
    const second = secondOf(trade.timeMs);
    this.makeAgain({ fromMs: second, toMs: second + 1 });
    if (second >= this.#untilMs || trade.backfilled) return;
    const late = this.#lateIds.get(second);
    if (late === undefined) this.#lateIds.set(second, [trade.id]);
    else late.push(trade.id);
  }

  /** Seconds that a span touches are to be made from the stored trades, now or when they close. */
  makeAgain({ fromMs, toMs }: TimeSpan): void {
    this.#again.push({ fromMs: secondOf(fromMs), toMs: secondOf(toMs - 1) + SECOND_MS });
  }

  /**
   * Closes the seconds that end until a moment.
   *
   * @param lastTradeMs time of the newest trade: seconds that end later are looked at again when there is one
   *   after them
   */
  close(untilMs: number, lastTradeMs: number): ClosedSeconds {
    const fromMs = this.#untilMs;
    const endMs = Math.max(fromMs, secondOf(untilMs));
    const dirty = mergedSpans(this.#again);
    const again = clipped(dirty, 0, endMs);
    const provenUntilMs = secondOf(lastTradeMs);
    this.#unproven.push(...clipped(again, provenUntilMs, endMs));
    const bars: TradeBar[] = [];
    for (const [second, bar] of this.#open) {
      if (second >= endMs) continue;
      this.#open.delete(second);
      if (second >= provenUntilMs)
        this.#unproven.push({ fromMs: second, toMs: second + SECOND_MS });
      if (!again.some((span) => span.fromMs <= second && second < span.toMs)) bars.push(bar);
    }
    const lateIds = this.#lateIds;
    this.#untilMs = endMs;
    this.#again = clipped(dirty, endMs, Number.POSITIVE_INFINITY);
    this.#lateIds = new Map();
    return { fromMs, untilMs: endMs, bars, again, lateIds };
  }
}

function clipped(spans: readonly TimeSpan[], fromMs: number, toMs: number): TimeSpan[] {
  return spans
    .map((span) => ({ fromMs: Math.max(span.fromMs, fromMs), toMs: Math.min(span.toMs, toMs) }))
    .filter((span) => span.fromMs < span.toMs);
}
