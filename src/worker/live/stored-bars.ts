import { setImmediate as nextTurn } from "node:timers/promises";
import { barsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { missingSpans, startOfLastBars, venueSeriesIds } from "#db/live-market.ts";
import type { LeasedLivePair } from "#db/live-pairs.ts";
import { type AlignedLiveBars, alignLiveBars, type LegBars } from "#quant/live/align-live-bars.ts";
import type { LiveFigures } from "#quant/live/live-figures.ts";
import { SPARKLINE_BARS } from "#quant/live/live-figures.ts";
import { createLivePair, type LivePair, liveHistoryBars } from "#quant/live/live-pair.ts";

/** Bars that are gone through before others get their turn. */
const BARS_PER_TURN = 250;

/** Where gaps leave too few common bars, so many times as many are read, and again. */
const STRETCHES = [1, 2, 4, 8] as const;

const NO_BARS: LegBars = {
  openTimeMs: new Float64Array(),
  close: new Float64Array(),
  volume: new Float64Array(),
};

/** A pair on its stored bars. */
export type StoredPair = {
  readonly live: LivePair;
  readonly aligned: AlignedLiveBars;
  /** Figures of the bars since the one that was asked for, oldest first, without the last. */
  readonly caughtUp: readonly LiveFigures[];
  /** Bars since the one that was asked for that were too many to get figures; null: none was. */
  readonly skipped: SkippedBars | null;
};

/** Bars that no rule will look at. */
export type SkippedBars = {
  /** They open after this, UTC ms. */
  readonly afterMs: number;
  /** They open before this, UTC ms. */
  readonly beforeMs: number;
};

/** Which bars of a pair get figures of their own besides the last. */
export type CatchUp = {
  /** Those that open after this; null: none. */
  readonly fromMs: number | null;
  /** The newest of them, so many at most. */
  readonly barsMax: number;
};

/**
 * Makes a pair from its stored bars, as if it had never stopped, without keeping others waiting for long.
 *
 * @param untilMs bars that end by then are closed
 */
export async function storedPair(
  database: Database,
  pair: LeasedLivePair,
  untilMs: number,
  catchUp: CatchUp,
): Promise<StoredPair> {
  const fromMs = catchUp.fromMs ?? Number.POSITIVE_INFINITY;
  const missedMax = Math.ceil((untilMs - fromMs) / pair.settings.intervalMs);
  const behindMax = Math.min(catchUp.barsMax, Math.max(0, missedMax));
  const aligned = await storedBars(database, pair, untilMs, behindMax);
  const live = createLivePair(pair.settings);
  const caughtUp: LiveFigures[] = [];
  const last = aligned.openTimeMs.length - 1;
  const firstMissed = aligned.openTimeMs.findIndex((openTimeMs) => openTimeMs > fromMs);
  const firstTold = Math.max(firstMissed, last - behindMax);
  for (let i = 0; i <= last; i++) {
    // A bar's figures hold the z-scores of a sparkline before it.
    if (i > last - behindMax - SPARKLINE_BARS) live.step(barAt(aligned, i));
    else live.remember(barAt(aligned, i));
    if (firstMissed >= 0 && i >= firstTold && i < last) {
      const figures = live.figures();
      if (figures !== null) caughtUp.push(figures);
      await nextTurn();
    } else if (i % BARS_PER_TURN === BARS_PER_TURN - 1) await nextTurn();
  }
  const isSkipped = firstMissed >= 0 && firstMissed < firstTold;
  const beforeMs = aligned.openTimeMs[firstTold] ?? untilMs;
  return { live, aligned, caughtUp, skipped: isSkipped ? { afterMs: fromMs, beforeMs } : null };
}

/** Bar i of aligned bars, as a live pair takes it. */
export function barAt({ openTimeMs, legY, legX }: AlignedLiveBars, i: number) {
  return {
    openTimeMs: openTimeMs[i] ?? Number.NaN,
    closeY: legY.close[i] ?? Number.NaN,
    closeX: legX.close[i] ?? Number.NaN,
    volumeY: legY.volume[i] ?? Number.NaN,
    volumeX: legX.volume[i] ?? Number.NaN,
  };
}

/** The last common bars of both legs: as many as a pair needs that is `behind` its last bar, or all. */
async function storedBars(
  database: Database,
  { legY, legX, settings }: LeasedLivePair,
  untilMs: number,
  behind: number,
): Promise<AlignedLiveBars> {
  const { intervalMs, carryBarsMax } = settings;
  const needed = liveHistoryBars(settings) + behind;
  const ids = [legY.id, legX.id];
  const seriesIds = await venueSeriesIds(database.pool, ids, intervalMs);
  let aligned: AlignedLiveBars | null = null;
  let readFromMs = Number.POSITIVE_INFINITY;
  for (const stretch of STRETCHES) {
    const bars = needed * stretch + carryBarsMax;
    const starts = await Promise.all(
      ids.map((instrumentId) =>
        startOfLastBars(database.pool, { instrumentId, intervalMs }, { bars, untilMs }),
      ),
    );
    const [startY, startX] = starts;
    if (typeof startY !== "number" || typeof startX !== "number") break;
    const fromMs = Math.max(0, Math.max(startY, startX) - carryBarsMax * intervalMs);
    if (fromMs >= readFromMs) break;
    readFromMs = fromMs;
    const window = { startMs: fromMs, endMs: untilMs };
    const [barsY, barsX] = await Promise.all(
      ids.map(async (id) => {
        const seriesId = seriesIds.get(id);
        return seriesId === undefined ? NO_BARS : barsBetween(database, seriesId, window);
      }),
    );
    const missing = carryBarsMax === 0 ? null : await missingSpans(database.pool, ids, fromMs);
    aligned = alignLiveBars(barsY ?? NO_BARS, barsX ?? NO_BARS, {
      intervalMs,
      carryBarsMax,
      fromMs,
      untilMs,
      missingY: missing?.get(legY.id) ?? [],
      missingX: missing?.get(legX.id) ?? [],
    });
    if (aligned.openTimeMs.length >= needed) break;
  }
  return aligned ?? alignLiveBars(NO_BARS, NO_BARS, emptyAlignment(settings));
}

function emptyAlignment({ intervalMs, carryBarsMax }: LeasedLivePair["settings"]) {
  return {
    intervalMs,
    carryBarsMax,
    fromMs: 0,
    untilMs: 0,
    missingY: [],
    missingX: [],
  };
}
