import type { Queryable } from "#db/client.ts";
import {
  type BarComparison,
  openBarDifferences,
  saveBarComparisons,
} from "#db/feed-bar-differences.ts";
import { type VenueBar, venueBarsOfSpans } from "#db/market-bars.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import { REST_ROWS_MAX } from "../venues/rest-weights.ts";
import { VenueError } from "../venues/venue-error.ts";
import type { VenueKline } from "../venues/venue-kline.ts";
import { CheckedMinutes } from "./checked-minutes.ts";

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

/** What the comparison needs of a venue. */
export type KlineVenue = {
  readonly rest: Pick<MarketVenue["rest"], "klines">;
  readonly clock: Pick<MarketVenue["clock"], "nowMs">;
};

/** A symbol of which bars differ. */
export type FoundDifference = {
  readonly instrumentId: number;
  readonly symbol: string;
  readonly count: number;
};

/**
 * Compares the one-minute bars of one market with the venue's own: each once, and again when it has changed, when it
 * was partial, or when it differed.
 */
export class BarCheck {
  readonly #venue: KlineVenue;
  readonly #checked = new Map<number, CheckedMinutes>();

  constructor(venue: KlineVenue) {
    this.#venue = venue;
  }

  /**
   * @param options.onRefused the venue has no bars of a symbol; the others are compared nevertheless
   * @returns symbols with the number of bars that differ, where there are any
   * @throws {VenueError} the venue does not answer at all
   */
  async round(
    client: Queryable,
    instruments: readonly CheckedInstrument[],
    options: {
      readonly signal: AbortSignal;
      readonly onRefused: (instrument: CheckedInstrument, error: VenueError) => void;
    },
  ): Promise<FoundDifference[]> {
    const found: FoundDifference[] = [];
    const ids = instruments.map(({ instrumentId }) => instrumentId);
    const differed = await openBarDifferences(client, ids, MINUTE_MS);
    for (const instrument of instruments) {
      const { instrumentId, symbol } = instrument;
      const again = differed.get(instrumentId) ?? [];
      try {
        const count = await this.#compare(client, instrument, { again, signal: options.signal });
        if (count > 0) found.push({ instrumentId, symbol, count });
      } catch (error) {
        if (!isOfTheSymbol(error)) throw error;
        options.onRefused(instrument, error);
      }
    }
    return found;
  }

  async #compare(
    client: Queryable,
    instrument: CheckedInstrument,
    options: { readonly again: readonly number[]; readonly signal: AbortSignal },
  ): Promise<number> {
    const { instrumentId, symbol, firstTradeMs, barsUntilMs } = instrument;
    const checked = this.#checked.get(instrumentId) ?? new CheckedMinutes();
    this.#checked.set(instrumentId, checked);
    const toMs = minuteBefore(Math.min(barsUntilMs, this.#venue.clock.nowMs() - FINAL_AFTER_MS));
    const beginMs = (Math.floor(firstTradeMs / MINUTE_MS) + 1) * MINUTE_MS;
    const newestMs = Math.max(beginMs, toMs - REST_ROWS_MAX * MINUTE_MS);
    const againMs = options.again.find((ms) => ms >= newestMs && ms < toMs) ?? null;
    const lookMs = checked.fromMs(beginMs, toMs);
    const span = { instrumentId, fromMs: Math.min(lookMs, againMs ?? lookMs), toMs };
    if (span.fromMs >= toMs) return 0;
    const bars = (await venueBarsOfSpans(client, MINUTE_MS, [span])).get(instrumentId) ?? [];
    const dueMs = checked.firstDue(bars, { fromMs: lookMs, toMs });
    let count = 0;
    if (dueMs !== null || againMs !== null) {
      const fromMs = Math.min(dueMs ?? toMs, againMs ?? toMs);
      const klines = await this.#venue.rest.klines(
        symbol,
        {
          interval: "1m",
          startTimeMs: fromMs,
          endTimeMs: toMs - 1,
          limit: Math.min(REST_ROWS_MAX, (toMs - fromMs) / MINUTE_MS),
        },
        { share: "backfill", signal: options.signal },
      );
      const series = { instrumentId, intervalMs: MINUTE_MS };
      count = await saveBarComparisons(client, series, compareBars(bars, klines));
    }
    checked.compared(bars, { fromMs: lookMs, toMs });
    return count;
  }
}

/** The venue answers, but not this. */
function isOfTheSymbol(error: unknown): error is VenueError {
  return error instanceof VenueError && (error.kind === "refused" || error.kind === "malformed");
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
