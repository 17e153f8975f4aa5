import type { FeedOperation } from "./feed-operation.ts";

/** Taken operations are cut off the array when there are so many. */
const COMPACT_AT = 50_000;

/** What waits to be written, in order. Bounded by trades: whoever fills it stops when it is full. */
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

  get isEmpty(): boolean {
    return this.#head === this.#operations.length;
  }

  /** Share of the room that is taken, 0..1 (and a little more). */
  get fullness(): number {
    return this.#trades / this.tradesMax;
  }

  push(operation: FeedOperation): void {
    this.#operations.push(operation);
    if (operation.kind === "trade") this.#trades += 1;
  }

  /**
   * The oldest operations, with at most so many trades; they stay until they are dropped. A batch ends before a
   * trade and nowhere else, so that what is pushed right after a trade is written together with it.
   */
  peek(tradesMax: number): FeedOperation[] {
    const batch: FeedOperation[] = [];
    let trades = 0;
    for (let i = this.#head; i < this.#operations.length; i++) {
      const operation = this.#operations[i];
      if (operation === undefined) break;
      if (operation.kind === "trade") {
        if (trades === tradesMax) break;
        trades += 1;
      }
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
