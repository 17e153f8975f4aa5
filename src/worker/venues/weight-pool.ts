/** What part of the pool a call may use up to: history waits so that the present always has room. */
export const POOL_SHARES = { backfill: 0.5, urgent: 0.9 } as const;
export type PoolShare = keyof typeof POOL_SHARES;

/** Windows of the venue end on whole minutes of its clock. */
const WINDOW_MS = 60_000;

/** A ban is over a little after the venue says so: its clock and ours are two. */
const BAN_MARGIN_MS = 250;

/**
 * The weight that one address may use up in a minute at one market, as far as we know: what the venue
 * said last (it counts what others at this address use, too) and what is under way since.
 */
export class WeightPool {
  readonly limit: number;
  readonly #venueNowMs: () => number;
  readonly #localNowMs: () => number;
  #window = -1;
  #used = 0;
  #underWay = 0;
  #bannedUntilMs = 0;
  /** Called when the venue has told us of a ban. */
  onBan: (() => void) | undefined;

  constructor(options: {
    readonly limit: number;
    readonly venueNowMs: () => number;
    readonly localNowMs: () => number;
  }) {
    this.limit = options.limit;
    this.#venueNowMs = options.venueNowMs;
    this.#localNowMs = options.localNowMs;
  }

  /** Local UTC ms before which nothing may be asked; null when all is well. */
  get bannedUntilMs(): number | null {
    return this.#bannedUntilMs > this.#localNowMs() ? this.#bannedUntilMs : null;
  }

  get used(): number {
    this.#turnWindow();
    return this.#used + this.#underWay;
  }

  /**
   * Takes weight for a call, if there is any.
   *
   * @returns 0 when it was taken, else how long to wait before asking again, ms
   */
  take(weight: number, share: PoolShare): number {
    const banned = this.bannedUntilMs;
    if (banned !== null) return Math.max(1, banned - this.#localNowMs());
    this.#turnWindow();
    if (this.#used + this.#underWay + weight > this.limit * POOL_SHARES[share]) {
      return WINDOW_MS - (this.#venueNowMs() % WINDOW_MS) + BAN_MARGIN_MS;
    }
    this.#underWay += weight;
    return 0;
  }

  /**
   * A call has ended.
   *
   * @param usedOfVenue what the venue says is used up, this call included; null without an answer
   */
  settle(weight: number, usedOfVenue: number | null): void {
    this.#turnWindow();
    this.#underWay -= weight;
    this.#used = usedOfVenue ?? this.#used + weight;
  }

  /** The venue wants no calls for so long. A longer ban is not shortened by a later, shorter one. */
  ban(forMs: number): void {
    this.banUntil(this.#localNowMs() + forMs + BAN_MARGIN_MS);
    this.onBan?.();
  }

  /** Another process at this address was told so. */
  banUntil(untilMs: number): void {
    this.#bannedUntilMs = Math.max(this.#bannedUntilMs, untilMs);
  }

  #turnWindow(): void {
    const window = Math.floor(this.#venueNowMs() / WINDOW_MS);
    if (window === this.#window) return;
    this.#window = window;
    this.#used = 0;
  }
}
