import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import type { MovedTrade } from "#db/market-trades.ts";
import { ensurePartition, partitionStart } from "#db/partitions.ts";
import { inTransaction } from "#db/transaction.ts";
import type { FeedOperation, LeasedInstrument } from "./feed-operation.ts";
import { isRefusal } from "./is-refusal.ts";
import { LagHistogram } from "./lag-histogram.ts";
import type { OperationQueue } from "./operation-queue.ts";
import { type StoredBatch, storeOperations } from "./store-operations.ts";

/** How the committer works and whom it tells. */
export type CommitterOptions = {
  /** Pause between transactions when there is little to write, ms. */
  readonly flushMs: number;
  /** Trades of one transaction, while the queue is short … */
  readonly flushTrades: number;
  /** … and when it is long, where fewer and larger transactions catch up sooner. */
  readonly catchUpTrades: number;
  /** Our own clock, UTC ms. */
  readonly localNowMs: () => number;
  readonly onLost: (instruments: readonly LeasedInstrument[]) => void;
  /** These were stored with a wrong time before. */
  readonly onMoved: (trades: readonly MovedTrade[]) => void;
  /** The database cannot be written to; told once for each outage, and again (null) when it is over. */
  readonly onOutage: (error: unknown) => void;
  /** What was to be written was refused for what is in it; it is tried again, in case that was a matter of the moment. */
  readonly onRefused: (error: unknown) => void;
  /** It was refused again and again: a bug. The process must end and start again. */
  readonly onPoison: (error: unknown) => void;
};

const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 1_000;

/** The same batch is refused for what is in it so often before it counts as poison. */
const REFUSALS_MAX = 5;

const LAG_SPAN_MS = 30_000;

/**
 * The one loop that writes. Takes what is oldest in the queue, writes it in one transaction, and again until it
 * is written: while the database is away the queue grows, and nothing is lost.
 */
export class Committer {
  readonly #database: Database;
  readonly #queue: OperationQueue;
  readonly #options: CommitterOptions;
  /** Days whose partitions there are. */
  readonly #days = new Set<number>();
  readonly #lags: LagHistogram;
  readonly #running: Promise<void>;
  #isStopping = false;
  #isOut = false;
  #committedTrades = 0;
  #committedBefore = { trades: 0, atMs: performance.now() };
  #idle = Promise.withResolvers<void>();

  constructor(database: Database, queue: OperationQueue, options: CommitterOptions) {
    this.#database = database;
    this.#queue = queue;
    this.#options = options;
    this.#lags = new LagHistogram(LAG_SPAN_MS, performance.now());
    this.#running = this.#run();
  }

  /** Whether the last attempt to write failed. */
  get isOut(): boolean {
    return this.#isOut;
  }

  /** From the venue's event to the commit, of nearly all trades of the last half minute. */
  lagP99Ms(): number | null {
    return this.#lags.quantileMs(0.99, performance.now());
  }

  /** Trades written a second since it was last asked. */
  committedPerSecond(): number {
    const now = performance.now();
    const { trades, atMs } = this.#committedBefore;
    this.#committedBefore = { trades: this.#committedTrades, atMs: now };
    return now > atMs ? ((this.#committedTrades - trades) * 1_000) / (now - atMs) : 0;
  }

  /** Resolves when everything that waits is written, or when nothing is written any more. */
  async drained(): Promise<void> {
    if (!this.#queue.isEmpty) await this.#idle.promise;
  }

  /** Writes what is in the queue, as far as that goes within a time, and ends. */
  async stop(withinMs: number): Promise<void> {
    await Promise.race([this.drained(), delay(withinMs)]);
    this.#isStopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    let retryMs = RETRY_MS_MIN;
    let refusals = 0;
    while (!this.#isStopping) {
      const isBehind = this.#queue.trades > this.#options.catchUpTrades;
      const { flushTrades, catchUpTrades, flushMs } = this.#options;
      const batch = this.#queue.peek(isBehind ? catchUpTrades : flushTrades);
      if (batch.length === 0) {
        await this.#rest(flushMs);
        continue;
      }
      const startedAt = performance.now();
      try {
        await this.#ensurePartitions(batch);
        const stored = await inTransaction(this.#database.pool, (client) =>
          storeOperations(client, batch),
        );
        this.#written(batch, stored);
        retryMs = RETRY_MS_MIN;
        refusals = 0;
      } catch (error) {
        refusals = isRefusal(error) ? refusals + 1 : 0;
        // Retention may have dropped the partition of an old trade.
        this.#days.clear();
        if (refusals === REFUSALS_MAX) {
          this.#options.onPoison(error);
          return;
        }
        this.#tellFailed(error, refusals > 0);
        await delay(retryMs);
        retryMs = Math.min(RETRY_MS_MAX, retryMs * 2);
        continue;
      }
      if (this.#queue.trades < flushTrades) {
        await this.#rest(Math.max(0, flushMs - (performance.now() - startedAt)));
      }
    }
    this.#idle.resolve();
  }

  #tellFailed(error: unknown, isRefused: boolean): void {
    if (isRefused) {
      this.#options.onRefused(error);
      return;
    }
    if (!this.#isOut) this.#options.onOutage(error);
    this.#isOut = true;
  }

  #rest(ms: number): Promise<void> {
    if (this.#queue.isEmpty) {
      this.#idle.resolve();
      this.#idle = Promise.withResolvers();
    }
    return delay(ms);
  }

  #written(batch: readonly FeedOperation[], stored: StoredBatch): void {
    this.#queue.drop(batch);
    for (const [instrument, cursor] of stored.cursors) instrument.savedCursor = cursor;
    for (const [instrument, price] of stored.prices) instrument.savedPrice = price;
    this.#committedTrades += stored.tradeCount;
    const now = performance.now();
    const localNowMs = this.#options.localNowMs();
    for (const operation of batch) {
      if (operation.kind === "trade" && operation.sentAtMs !== null) {
        this.#lags.add(localNowMs - operation.sentAtMs, now);
      }
    }
    if (this.#isOut) {
      this.#isOut = false;
      this.#options.onOutage(null);
    }
    if (stored.moved.length > 0) this.#options.onMoved(stored.moved);
    const lost = stored.lost.filter(({ isLost }) => !isLost);
    for (const instrument of lost) instrument.isLost = true;
    if (lost.length > 0) this.#options.onLost(lost);
  }

  /** Rows find their partitions: made ahead by housekeeping, and here when a trade is of another time. */
  async #ensurePartitions(batch: readonly FeedOperation[]): Promise<void> {
    const days = new Set<number>();
    for (const operation of batch) {
      if (operation.kind === "trade" || operation.kind === "corrected") {
        days.add(partitionStart("market_trade", operation.trade.timeMs));
      }
    }
    for (const dayMs of days) {
      if (this.#days.has(dayMs)) continue;
      await ensurePartition(this.#database.pool, "market_trade", dayMs);
      await ensurePartition(this.#database.pool, "second_bar", dayMs);
      this.#days.add(dayMs);
    }
  }
}
