import type { Queryable } from "#db/client.ts";
import {
  type BarComparison,
  openBarDifferences,
  saveBarComparisons,
} from "#db/feed-bar-differences.ts";
import { type VenueBar, venueBarsOfSpans } from "#db/market-bars.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import { REST_ROWS_MAX } from "../venues/rest-weights.ts";
import type { VenueKline } from "../venues/venue-kline.ts";

const MINUTE_MS = 60_000;

/** The venue's bar is final so long after its end. */
const FINAL_AFTER_MS = 5_000;

/** Volumes are sums of decimals in doubles, on both sides. */
const VOLUME_TOLERANCE = 1e-9;

/** An instrument whose bars are compared. Times UTC ms. */
export type CheckedInstrument = {
  readonly instrumentId: number;
  readonly symbol: string;
  /** Our trades begin here. */
  readonly firstTradeMs: number;
  /** Our bars are written until here. */
  readonly barsUntilMs: number;
};

/**
 * Compares the one-minute bars of one market with the venue's own, each once, and those that differed again:
 * they may have been amended since.
 */
export class BarCheck {
  readonly #venue: MarketVenue;
  /** Compared until here, by instrument. */
  readonly #checkedMs = new Map<number, number>();

  constructor(venue: MarketVenue) {
    this.#venue = venue;
  }

  /** @returns symbols with the number of bars that differ, where there are any */
  async round(
    client: Queryable,
    instruments: readonly CheckedInstrument[],
    signal: AbortSignal,
  ): Promise<{ readonly instrumentId: number; readonly symbol: string; readonly count: number }[]> {
    const found: { instrumentId: number; symbol: string; count: number }[] = [];
    const ids = instruments.map(({ instrumentId }) => instrumentId);
    const differed = await openBarDifferences(client, ids, MINUTE_MS);
    for (const instrument of instruments) {
      const { instrumentId, symbol } = instrument;
      const count = await this.#compare(client, instrument, {
        again: differed.get(instrumentId)?.[0],
        signal,
      });
      if (count > 0) found.push({ instrumentId, symbol, count });
    }
    return found;
  }

  async #compare(
    client: Queryable,
    instrument: CheckedInstrument,
    options: { readonly again: number | undefined; readonly signal: AbortSignal },
  ): Promise<number> {
    const { instrumentId, symbol, firstTradeMs, barsUntilMs } = instrument;
    const untilMs = minuteBefore(Math.min(barsUntilMs, this.#venue.clock.nowMs() - FINAL_AFTER_MS));
    const beginMs = (Math.floor(firstTradeMs / MINUTE_MS) + 1) * MINUTE_MS;
    const newestMs = untilMs - REST_ROWS_MAX * MINUTE_MS;
    const nextMs = this.#checkedMs.get(instrumentId) ?? Math.max(beginMs, untilMs - 60 * MINUTE_MS);
    const fromMs = Math.max(newestMs, beginMs, Math.min(nextMs, options.again ?? nextMs));
    if (fromMs >= untilMs) return 0;
    const klines = await this.#venue.rest.klines(
      symbol,
      {
        interval: "1m",
        startTimeMs: fromMs,
        endTimeMs: untilMs - 1,
        limit: Math.min(REST_ROWS_MAX, (untilMs - fromMs) / MINUTE_MS),
      },
      { share: "backfill", signal: options.signal },
    );
    const span = { instrumentId, fromMs, toMs: untilMs };
    const bars = await venueBarsOfSpans(client, MINUTE_MS, [span]);
    const series = { instrumentId, intervalMs: MINUTE_MS };
    const comparisons = compareBars(bars.get(instrumentId) ?? [], klines);
    this.#checkedMs.set(instrumentId, untilMs);
    return saveBarComparisons(client, series, comparisons);
  }
}

/**
 * Bars of ours beside the venue's. A bar that says itself that it is partial is not held against the venue, nor is
 * one that is the venue's own.
 */
export function compareBars(
  ours: readonly VenueBar[],
  theirs: readonly VenueKline[],
): BarComparison[] {
  const byTime = new Map(ours.map((bar) => [bar.openTimeMs, bar]));
  return theirs.flatMap((kline) => {
    const bar = byTime.get(kline.openTimeMs);
    if (bar === undefined) {
      // Without trades the venue repeats the last price, and we have no bar.
      const { openTimeMs, rawTradeCount } = kline;
      return [{ openTimeMs, ours: {}, theirs: sideOf(kline), isEqual: rawTradeCount === 0 }];
    }
    if (bar.provenance === "partial" || bar.provenance === "kline") return [];
    return [
      {
        openTimeMs: kline.openTimeMs,
        ours: sideOf(bar),
        theirs: sideOf(kline),
        isEqual: isEqual(bar, kline),
      },
    ];
  });
}

type Prices = Pick<VenueKline, "open" | "high" | "low" | "close" | "volume">;

function sideOf({ open, high, low, close, volume }: Prices): Record<string, number> {
  return { open, high, low, close, volume };
}

function isEqual(a: Prices, b: Prices): boolean {
  return (
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    Math.abs(a.volume - b.volume) <= VOLUME_TOLERANCE * Math.max(1, a.volume)
  );
}

function minuteBefore(timeMs: number): number {
  return Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
}
