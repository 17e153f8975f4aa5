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
};

/**
 * Makes a pair from its stored bars, as if it had never stopped, without keeping others waiting for long.
 *
 * @param untilMs bars that end by then are closed
 * @param options.caughtUpFromMs bars that open after this get figures of their own; null: none does
 */
export async function storedPair(
  database: Database,
  pair: LeasedLivePair,
  untilMs: number,
  options: { readonly caughtUpFromMs: number | null },
): Promise<StoredPair> {
  const aligned = await storedBars(database, pair, untilMs);
  const live = createLivePair(pair.settings);
  const caughtUp: LiveFigures[] = [];
  const count = aligned.openTimeMs.length;
  for (let i = 0; i < count; i++) {
    const isRecent = i >= count - SPARKLINE_BARS;
    if (isRecent) live.step(barAt(aligned, i));
    else live.remember(barAt(aligned, i));
    const { caughtUpFromMs } = options;
    const isMissed = caughtUpFromMs !== null && (aligned.openTimeMs[i] ?? 0) > caughtUpFromMs;
    if (isRecent && isMissed && i < count - 1) {
      const figures = live.figures();
      if (figures !== null) caughtUp.push(figures);
      await nextTurn();
    } else if (i % BARS_PER_TURN === BARS_PER_TURN - 1) await nextTurn();
  }
  return { live, aligned, caughtUp };
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

/** The last common bars of both legs: as many as a pair needs, or all. */
async function storedBars(
  database: Database,
  { legY, legX, settings }: LeasedLivePair,
  untilMs: number,
): Promise<AlignedLiveBars> {
  const { intervalMs, carryBarsMax } = settings;
  const needed = liveHistoryBars(settings);
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
