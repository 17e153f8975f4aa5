export type StatusCheckOptions = {
  /** Reads what the venue says of these symbols now, and stores it. */
  readonly read: (symbols: readonly string[]) => Promise<void>;
  /** A symbol is not asked for again earlier than this, ms. */
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
};

/** Calls of a market keep so large a part of a symbol's distance between them: those suspected meanwhile share one. */
const SHARE = 1 / 6;

/**
 * Finds out at once, instead of at the next look at all instruments, whether a symbol still trades: one that is
 * quiet may be halted or delisted, and one that was halted and has a trade is so no more. However many are
 * suspected, a call every sixth of `everyMs` is all that it costs.
 */
export class StatusCheck {
  readonly #options: StatusCheckOptions;
  readonly #suspected = new Set<string>();
  readonly #askedMs = new Map<string, number>();
  #lastMs = Number.NEGATIVE_INFINITY;
  #isReading = false;

  constructor(options: StatusCheckOptions) {
    this.#options = options;
  }

  /** The venue may say something else of the symbol than is known. */
  suspect(symbol: string): void {
    this.#suspected.add(symbol);
  }

  /** It behaves as it should, or is not ours any more. */
  clear(symbol: string): void {
    this.#suspected.delete(symbol);
  }

  /** To be called ten times a second or so. @param nowMs by `performance.now()` */
  tick(nowMs: number): void {
    const { everyMs } = this.#options;
    if (this.#suspected.size === 0 || this.#isReading) return;
    if (nowMs - this.#lastMs < everyMs * SHARE) return;
    for (const [symbol, atMs] of this.#askedMs) {
      if (nowMs - atMs >= everyMs) this.#askedMs.delete(symbol);
    }
    const due = [...this.#suspected].filter((symbol) => !this.#askedMs.has(symbol));
    if (due.length > 0) void this.#read(due, nowMs);
  }

  async #read(symbols: readonly string[], nowMs: number): Promise<void> {
    this.#isReading = true;
    this.#lastMs = nowMs;
    for (const symbol of symbols) {
      this.#askedMs.set(symbol, nowMs);
      this.#suspected.delete(symbol);
    }
    try {
      await this.#options.read(symbols);
    } catch (error) {
      // As suspicious as before: they are asked for again when it is their time.
      for (const symbol of symbols) this.#suspected.add(symbol);
      this.#options.onError(error);
    } finally {
      this.#isReading = false;
    }
  }
}
