/** Times of a watch, ms. */
export type SilenceLimits = {
  /** An active symbol is not suspected earlier … */
  readonly minMs: number;
  /** … and not later than this. */
  readonly maxMs: number;
  /** A quiet symbol, of which trades come seldom, not later than this. */
  readonly quietMaxMs: number;
};

/** Silence is suspicious when it lasts so many times as long as usual. */
const MEDIANS = 20;

const REMEMBERED = 64;

/**
 * How long a symbol may be silent before somebody should ask the venue whether it really traded nothing: twenty
 * times the usual distance of its trades. Source: reference on gap detection, silent-stream watchdog.
 */
export class SilenceWatch {
  readonly #limits: SilenceLimits;
  readonly #distances = new Float64Array(REMEMBERED);
  #count = 0;
  #lastMs: number;

  constructor(limits: SilenceLimits, nowMs: number) {
    this.#limits = limits;
    this.#lastMs = nowMs;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  /** A trade has come. */
  observe(nowMs: number): void {
    this.#distances[this.#count % REMEMBERED] = nowMs - this.#lastMs;
    this.#count += 1;
    this.#lastMs = nowMs;
  }

  /** Nothing came although the venue was asked, or the stream begins anew: count from now. */
  restart(nowMs: number): void {
    this.#lastMs = nowMs;
  }

  /** Whether the silence is longer than it should be. */
  isSilent(nowMs: number): boolean {
    const silentMs = nowMs - this.#lastMs;
    return silentMs >= this.#limits.minMs && silentMs >= this.limitMs();
  }

  limitMs(): number {
    const { minMs, maxMs, quietMaxMs } = this.#limits;
    const known = this.#distances.slice(0, Math.min(this.#count, REMEMBERED)).sort();
    const median = known[known.length >> 1];
    if (median === undefined) return maxMs;
    const usual = MEDIANS * median;
    if (usual <= maxMs) return Math.max(minMs, usual);
    return Math.min(usual, quietMaxMs);
  }
}
