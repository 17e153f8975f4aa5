import type { VenueClock } from "../venues/venue-clock.ts";

/** The newest trades count: a difference is forgotten after one to two of these spans. */
const SPAN_MS = 60_000;

/**
 * What time it is for the trades of a market: the venue's clock, but not further ahead than trades themselves have
 * shown. A venue that says a wrong time would otherwise have us close bars whose trades are still to come.
 */
export class TradeClock {
  #aheadMs = Number.NEGATIVE_INFINITY;
  #aheadBeforeMs = Number.NEGATIVE_INFINITY;
  #sinceMs = 0;

  /** A trade of this time has come now, by our clock. */
  observe(tradeTimeMs: number, localNowMs: number): void {
    this.#turn(localNowMs);
    const aheadMs = tradeTimeMs - localNowMs;
    if (aheadMs > this.#aheadMs) this.#aheadMs = aheadMs;
  }

  nowMs(localNowMs: number, clock: Pick<VenueClock, "offsetMs">): number {
    this.#turn(localNowMs);
    const offsetMs = clock.offsetMs ?? 0;
    const shownMs = Math.max(this.#aheadMs, this.#aheadBeforeMs);
    return localNowMs + (Number.isFinite(shownMs) ? Math.min(offsetMs, shownMs) : offsetMs);
  }

  #turn(localNowMs: number): void {
    const elapsedMs = localNowMs - this.#sinceMs;
    if (elapsedMs < SPAN_MS) return;
    this.#aheadBeforeMs = elapsedMs < 2 * SPAN_MS ? this.#aheadMs : Number.NEGATIVE_INFINITY;
    this.#aheadMs = Number.NEGATIVE_INFINITY;
    this.#sinceMs = localNowMs;
  }
}
