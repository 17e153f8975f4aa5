import type { VenueBar } from "#db/market-bars.ts";

const MINUTE_MS = 60_000;

/** Bars of the last hour may still change: by late trades, by what was missing and has been fetched. */
const CHANGING_MS = 60 * MINUTE_MS;

/** A bar that stays partial is waited for so long: as many minutes as one call of klines gives. */
const WAIT_MS_MAX = 1_000 * MINUTE_MS;

/** A bar of ours as it was compared; of a minute without one "none". */
type Fingerprint = string;

/**
 * Which minutes of one instrument are to be compared with the venue's: each once, once more when it has changed, and
 * a partial one when it no longer is. Times are UTC ms, ends exclusive.
 */
export class CheckedMinutes {
  readonly #checked = new Map<number, Fingerprint>();
  /** Looked at until here; null before the first time. */
  #untilMs: number | null = null;
  /** The oldest minute that could not be compared. */
  #partialMs: number | null = null;

  /** From where on bars have to be looked at. @param beginMs first whole minute of our trades */
  fromMs(beginMs: number, untilMs: number): number {
    const changingMs = untilMs - CHANGING_MS;
    const oldestMs = Math.min(
      changingMs,
      this.#untilMs ?? changingMs,
      this.#partialMs ?? changingMs,
    );
    return Math.max(beginMs, untilMs - WAIT_MS_MAX, oldestMs);
  }

  /** The first minute of a span that has to be compared; null when none has. @param bars of the span */
  firstDue(bars: readonly VenueBar[], span: { fromMs: number; toMs: number }): number | null {
    for (const [minuteMs, fingerprint] of fingerprints(bars, span)) {
      if (fingerprint !== null && this.#checked.get(minuteMs) !== fingerprint) return minuteMs;
    }
    return null;
  }

  /** The bars of a span are compared, as far as they can be. */
  compared(bars: readonly VenueBar[], span: { fromMs: number; toMs: number }): void {
    this.#partialMs = null;
    for (const minuteMs of this.#checked.keys()) {
      if (minuteMs < span.fromMs) this.#checked.delete(minuteMs);
    }
    for (const [minuteMs, fingerprint] of fingerprints(bars, span)) {
      if (fingerprint === null) this.#partialMs ??= minuteMs;
      else this.#checked.set(minuteMs, fingerprint);
    }
    this.#untilMs = span.toMs;
  }
}

/** Null for a bar that says itself that it is partial. */
function* fingerprints(
  bars: readonly VenueBar[],
  span: { fromMs: number; toMs: number },
): Generator<readonly [number, Fingerprint | null]> {
  const byTime = new Map(bars.map((bar) => [bar.openTimeMs, bar]));
  for (let minuteMs = span.fromMs; minuteMs < span.toMs; minuteMs += MINUTE_MS) {
    const bar = byTime.get(minuteMs);
    yield [minuteMs, bar === undefined ? "none" : fingerprintOf(bar)];
  }
}

function fingerprintOf(bar: VenueBar): Fingerprint | null {
  const { provenance, open, high, low, close, volume } = bar;
  return provenance === "partial" ? null : [provenance, open, high, low, close, volume].join();
}
