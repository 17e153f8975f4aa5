import type { VenueTrade } from "../venues/agg-trade.ts";

/** What a sequence makes of the trades it is offered. */
export type SequenceEvents = {
  /** The next trade in order. `isRawBreak`: raw trades between it and the one before are in no aggregated trade. */
  readonly onNext: (trade: VenueTrade, isRawBreak: boolean) => void;
  /** A trade older than the newest: one that was missing, or one that is here already. */
  readonly onOld: (trade: VenueTrade) => void;
  /** Ids that have not come and are not waited for any longer. `after` is the trade that came instead. */
  readonly onMissing: (fromId: number, toId: number, after: VenueTrade) => void;
};

/** Trades that run ahead are held back until the missing ones have come, or until they do not come any more. */
export type SequenceOptions = {
  readonly reorderMs: number;
  readonly heldMax: number;
};

/**
 * Order of one symbol's trades. Contiguous is a trade whose id follows the last one's and whose first raw
 * trade follows the last one's last; whatever comes too early is held for a moment, because frames may
 * overtake each other when two connections deliver the same stream.
 */
export class IdSequence {
  readonly #options: SequenceOptions;
  readonly #events: SequenceEvents;
  readonly #held = new Map<number, VenueTrade>();
  #nextId: number;
  /** Last raw trade of the trade before; null when that trade is not known. */
  #lastRawId: number | null;
  #heldSinceMs = 0;
  #isBroken = false;

  constructor(
    start: { readonly nextId: number; readonly lastRawId: number | null },
    options: SequenceOptions,
    events: SequenceEvents,
  ) {
    this.#nextId = start.nextId;
    this.#lastRawId = start.lastRawId;
    this.#options = options;
    this.#events = events;
  }

  get nextId(): number {
    return this.#nextId;
  }

  get lastRawId(): number | null {
    return this.#lastRawId;
  }

  get heldCount(): number {
    return this.#held.size;
  }

  /** Frames have been missed: what comes next need not be waited with. */
  interrupt(): void {
    this.#isBroken = true;
  }

  offer(trade: VenueTrade, nowMs: number): void {
    if (trade.id === this.#nextId) {
      this.#isBroken = false;
      this.#take(trade);
      if (this.#held.size > 0) this.#takeHeld();
    } else if (trade.id < this.#nextId || this.#held.has(trade.id)) {
      this.#events.onOld(trade);
    } else {
      if (this.#held.size === 0) this.#heldSinceMs = nowMs;
      this.#held.set(trade.id, trade);
      if (this.#isBroken || this.#held.size > this.#options.heldMax) this.#giveUp(nowMs);
    }
  }

  /** Gives up on missing ids when they have been waited for long enough. To be called often. */
  tick(nowMs: number): void {
    if (this.#held.size > 0 && nowMs - this.#heldSinceMs >= this.#options.reorderMs) {
      this.#giveUp(nowMs);
    }
  }

  /**
   * Goes on after an id, without its trade: the venue has it and we have not. The caller knows that
   * everything from `nextId` to it is missing.
   */
  skipTo(id: number): void {
    if (id < this.#nextId) return;
    this.#nextId = id + 1;
    this.#lastRawId = null;
    for (const heldId of this.#held.keys()) if (heldId <= id) this.#held.delete(heldId);
    this.#takeHeld();
  }

  /** The trade before the next one has become known. */
  knowLastRaw(id: number, lastRawId: number): void {
    if (id === this.#nextId - 1) this.#lastRawId = lastRawId;
  }

  #take(trade: VenueTrade): void {
    const isRawBreak = this.#lastRawId !== null && trade.firstTradeId !== this.#lastRawId + 1;
    this.#nextId = trade.id + 1;
    this.#lastRawId = trade.lastTradeId;
    this.#events.onNext(trade, isRawBreak);
  }

  #takeHeld(): void {
    for (;;) {
      const next = this.#held.get(this.#nextId);
      if (next === undefined) return;
      this.#held.delete(this.#nextId);
      this.#take(next);
    }
  }

  #giveUp(nowMs: number): void {
    this.#isBroken = false;
    const least = Math.min(...this.#held.keys());
    const after = this.#held.get(least);
    if (after === undefined) return;
    const fromId = this.#nextId;
    this.#nextId = least;
    this.#lastRawId = null;
    this.#events.onMissing(fromId, least - 1, after);
    this.#takeHeld();
    // What is still held has waited for other ids, and does so from now on.
    this.#heldSinceMs = nowMs;
  }
}
