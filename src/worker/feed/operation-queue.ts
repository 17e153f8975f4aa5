import type { FeedOperation } from "./feed-operation.ts";

/** Taken operations are cut off the array when there are so many. */
const COMPACT_AT = 50_000;

/** A trade brings one other operation at most, a bar, nearly always: there is room for as many of both. */
const OPERATIONS_PER_TRADE = 2;

/**
 * What waits to be written, in order. Bounded by trades, and by everything together, because gaps and bars change
 * without a trade too: whoever fills it stops when it is full.
 */
export class OperationQueue {
  readonly tradesMax: number;
  #operations: FeedOperation[] = [];
  #head = 0;
  #trades = 0;

  constructor(tradesMax: number) {
    this.tradesMax = tradesMax;
  }

  /** Trades that wait. */
  get trades(): number {
    return this.#trades;
  }

  /** Trades and everything else that waits. */
  get operations(): number {
    return this.#operations.length - this.#head;
  }

  get isEmpty(): boolean {
    return this.operations === 0;
  }

  /** Share of the room that is taken, 0..1 (and a little more). */
  get fullness(): number {
    return Math.max(this.#trades, this.operations / OPERATIONS_PER_TRADE) / this.tradesMax;
  }

  push(operation: FeedOperation): void {
    this.#operations.push(operation);
    if (operation.kind === "trade") this.#trades += 1;
  }

  /**
   * The oldest operations, with at most so many trades and a like number of others; they stay until they are dropped.
   * A batch ends before a trade or after bars and nowhere else: bars come last of what belongs together, so that
   * what is pushed right after a trade, or with a gap that is filled, is written in one go.
   */
  peek(tradesMax: number): FeedOperation[] {
    const batch: FeedOperation[] = [];
    let trades = 0;
    for (let i = this.#head; i < this.#operations.length; i++) {
      const operation = this.#operations[i];
      if (operation === undefined) break;
      const isTrade = operation.kind === "trade";
      if (isTrade && trades === tradesMax) break;
      const isLong = batch.length >= tradesMax * OPERATIONS_PER_TRADE;
      if (isLong && (isTrade || batch.at(-1)?.kind === "bars")) break;
      if (isTrade) trades += 1;
      batch.push(operation);
    }
    return batch;
  }

  /** The oldest operations are written. */
  drop(batch: readonly FeedOperation[]): void {
    for (const { kind } of batch) if (kind === "trade") this.#trades -= 1;
    this.#head += batch.length;
    if (this.#head === this.#operations.length) {
      this.#operations = [];
      this.#head = 0;
    } else if (this.#head > COMPACT_AT) {
      this.#operations = this.#operations.slice(this.#head);
      this.#head = 0;
    }
  }
}
