import { AppError } from "#contracts/error-code.ts";
import type { WatchedPairView } from "#contracts/live-message.ts";
import type { LiveSettings } from "#contracts/live-settings.ts";
import { type BarOrigins, type Bars, barsWithOriginsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { missingSpans, startOfLastBars, venueSeriesIds } from "#db/live-market.ts";
import { watchedPairOf } from "#db/watched-pairs.ts";
import {
  type AlignedLiveBars,
  alignLiveBars,
  type LiveAlignment,
  type MissingSpan,
} from "#quant/live/align-live-bars.ts";
import { type LiveHistory, liveHistory, liveHistoryBarsMax } from "#quant/live/live-history.ts";
import { lowerBound } from "#quant/series/lower-bound.ts";

/** Which bars are shown: of a window, or the newest so many. */
export type ShownSpan = {
  readonly id: string;
  readonly window?: { readonly startMs: number; readonly endMs: number } | undefined;
  readonly bars: number;
};

/** One leg's own bars with how they came about. */
export type ShownLeg = { readonly bars: Bars; readonly origins: BarOrigins };

/** The bars of a watched pair with what the live computation said at each. */
export type ShownBars = {
  readonly pair: WatchedPairView;
  readonly settings: LiveSettings;
  readonly legY: ShownLeg;
  readonly legX: ShownLeg;
  readonly aligned: AlignedLiveBars;
  readonly history: LiveHistory;
  /** First aligned bar that is shown; those before it are only looked back at. */
  readonly fromBar: number;
  /** Intervals of the span in which one leg alone traded, and nothing stands for the other. */
  readonly gapCount: number;
  /** Spans in which trades of a leg are missing. */
  readonly missing: readonly MissingSpan[];
};

const FOREVER_MS = Number.MAX_SAFE_INTEGER;

/** Where a leg has gaps, so many times as many bars are read, and again. */
const STRETCHES = [1, 2, 4] as const;

/**
 * Reads the bars of a watched pair and computes their figures anew, by the batch form of what the live
 * worker does bar by bar.
 *
 * @param change settings that the chart has of its own
 * @throws {AppError} not-found; too-large when the window has more bars than are computed at once
 */
export async function shownBars(
  database: Database,
  workspaceId: string,
  span: ShownSpan,
  change: Partial<Pick<LiveSettings, "zScoreWindowBars">> = {},
): Promise<ShownBars> {
  const pair = await watchedPairOf(database.pool, workspaceId, span.id);
  const settings = chartSettings(pair.settings, change);
  const barsMax = liveHistoryBarsMax(settings);
  const read = await lastBars(database, pair, settings, {
    untilMs: span.window?.endMs ?? FOREVER_MS,
    beforeMs: span.window?.startMs ?? null,
    count: span.window === undefined ? Math.min(span.bars, barsMax) : 0,
  });
  const { aligned } = read;
  const total = aligned.openTimeMs.length;
  const fromBar =
    span.window === undefined
      ? Math.max(0, total - Math.min(span.bars, barsMax))
      : lowerBound(aligned.openTimeMs, span.window.startMs);
  if (total - fromBar > barsMax) {
    throw new AppError(
      "too-large",
      `At most ${barsMax} bars are shown at once and the window has ${total - fromBar}: choose a shorter one`,
      { field: "window" },
    );
  }
  const closes = { closeY: aligned.legY.close, closeX: aligned.legX.close };
  const { intervalMs, carryBarsMax } = settings;
  const shownOnly = { intervalMs, carryBarsMax, fromMs: aligned.openTimeMs[fromBar] ?? FOREVER_MS };
  const { gapCount } = alignLiveBars(read.legY.bars, read.legX.bars, {
    ...shownOnly,
    untilMs: span.window?.endMs ?? FOREVER_MS,
    ...read.spans,
  });
  const history = liveHistory(closes, settings, fromBar);
  const missing = [...read.spans.missingY, ...read.spans.missingX];
  return { pair, settings, ...read, fromBar, gapCount, missing, history };
}

/** A longer z-score window needs a longer buffer. */
function chartSettings(
  settings: LiveSettings,
  { zScoreWindowBars = settings.zScoreWindowBars }: Partial<Pick<LiveSettings, "zScoreWindowBars">>,
): LiveSettings {
  const added = Math.max(0, zScoreWindowBars - settings.zScoreWindowBars);
  return { ...settings, zScoreWindowBars, bufferBars: settings.bufferBars + added };
}

type ReadBars = Pick<ShownBars, "legY" | "legX" | "aligned"> & {
  readonly spans: Pick<LiveAlignment, "missingY" | "missingX">;
};

/**
 * Bars before a moment: those of the window and a buffer before it, or the last so many and a buffer.
 *
 * @param last.beforeMs start of the window; null: there is none
 * @param last.count bars that are wanted at the end, without a window
 */
async function lastBars(
  database: Database,
  pair: WatchedPairView,
  settings: LiveSettings,
  last: { readonly untilMs: number; readonly beforeMs: number | null; readonly count: number },
): Promise<ReadBars> {
  const { intervalMs, carryBarsMax, bufferBars } = settings;
  const ids = [pair.instrumentY, pair.instrumentX] as const;
  const seriesIds = await venueSeriesIds(database.pool, ids, intervalMs);
  const needed = last.count + bufferBars;
  let read = noBars(settings);
  let readFromMs = Number.POSITIVE_INFINITY;
  for (const stretch of STRETCHES) {
    const anchor = { bars: needed * stretch, untilMs: last.beforeMs ?? last.untilMs };
    const starts = await Promise.all(
      ids.map((instrumentId) =>
        startOfLastBars(database.pool, { instrumentId, intervalMs }, anchor),
      ),
    );
    const known = starts.filter((start) => start !== null);
    const earliestMs = known.length < ids.length ? last.beforeMs : Math.max(...known);
    if (earliestMs === null) break;
    const fromMs = Math.max(0, earliestMs - carryBarsMax * intervalMs);
    if (fromMs >= readFromMs) break;
    readFromMs = fromMs;
    read = await barsFrom(database, { ids, seriesIds, settings }, fromMs, last.untilMs);
    const before = last.beforeMs ?? FOREVER_MS;
    if (lowerBound(read.aligned.openTimeMs, before) >= needed) break;
  }
  return read;
}

async function barsFrom(
  database: Database,
  pair: {
    readonly ids: readonly [number, number];
    readonly seriesIds: ReadonlyMap<number, number>;
    readonly settings: LiveSettings;
  },
  fromMs: number,
  untilMs: number,
): Promise<ReadBars> {
  const { ids, seriesIds, settings } = pair;
  const legOf = (id: number): Promise<ShownLeg> => {
    const seriesId = seriesIds.get(id);
    if (seriesId === undefined) return Promise.resolve(NO_LEG);
    return barsWithOriginsBetween(database, seriesId, { startMs: fromMs, endMs: untilMs });
  };
  const [idY, idX] = ids;
  const [legY, legX, spans] = await Promise.all([
    legOf(idY),
    legOf(idX),
    missingSpans(database.pool, ids, fromMs),
  ]);
  const missingY = spans.get(idY) ?? [];
  const missingX = spans.get(idX) ?? [];
  const aligned = alignLiveBars(legY.bars, legX.bars, {
    intervalMs: settings.intervalMs,
    carryBarsMax: settings.carryBarsMax,
    fromMs,
    untilMs,
    missingY,
    missingX,
  });
  return { legY, legX, aligned, spans: { missingY, missingX } };
}

const NONE = new Float64Array();
const NO_LEG: ShownLeg = {
  bars: { openTimeMs: NONE, open: NONE, high: NONE, low: NONE, close: NONE, volume: NONE },
  origins: { provenance: NONE, tradeCount: NONE, lateCount: NONE, backfilledCount: NONE },
};

function noBars({ intervalMs, carryBarsMax }: LiveSettings): ReadBars {
  const spans = { missingY: [], missingX: [] };
  const alignment = { intervalMs, carryBarsMax, fromMs: 0, untilMs: 0, ...spans };
  const aligned = alignLiveBars(NO_LEG.bars, NO_LEG.bars, alignment);
  return { legY: NO_LEG, legX: NO_LEG, aligned, spans };
}
