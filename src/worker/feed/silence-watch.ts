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

/** Trades so close to each other are one burst: what is usual between them says nothing of the pause after it. */
const BURST_MS = 100;

/**
 * How long a symbol may be silent before somebody should ask the venue whether it really traded nothing: twenty
 * times the usual distance of its trades, and twice as long after each time that the market was found quiet.
 * Source: reference on gap detection, silent-stream watchdog.
 */
export class SilenceWatch {
  readonly #limits: SilenceLimits;
  readonly #distances = new Float64Array(REMEMBERED);
  #count = 0;
  #lastMs: number;
  /** Where the distance begins that is remembered next. */
  #burstMs: number;
  /** Checks since the last trade that found the market quiet. */
  #quietChecks = 0;

  constructor(limits: SilenceLimits, nowMs: number) {
    this.#limits = limits;
    this.#lastMs = nowMs;
    this.#burstMs = nowMs;
  }

  /** Since when nothing has come that was not looked into. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** A trade has come. */
  observe(nowMs: number): void {
    this.#lastMs = nowMs;
    this.#quietChecks = 0;
    if (nowMs - this.#burstMs < BURST_MS) return;
    this.#distances[this.#count % REMEMBERED] = nowMs - this.#burstMs;
    this.#count += 1;
    this.#burstMs = nowMs;
  }

  /** The venue could not be asked, or the stream begins anew: count from now. */
  restart(nowMs: number): void {
    this.#lastMs = nowMs;
  }

  /** The venue was asked, and it has traded nothing either. */
  quiet(nowMs: number): void {
    this.#lastMs = nowMs;
    this.#quietChecks += 1;
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
    const usual = median === undefined ? maxMs : Math.max(minMs, MEDIANS * median);
    const isActive = median !== undefined && usual <= maxMs;
    return Math.min(usual * 2 ** this.#quietChecks, isActive ? maxMs : quietMaxMs);
  }
}
