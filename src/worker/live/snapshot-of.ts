import type { LiveSnapshot, LiveState } from "#contracts/live-message.ts";
import type { InstrumentMarket } from "#db/live-market.ts";
import type { LeasedLivePair } from "#db/live-pairs.ts";
import { liveBarsNeeded } from "#quant/live/live-bars-needed.ts";
import type { LiveFigures } from "#quant/live/live-figures.ts";
import { liveNow, liveSignal } from "#quant/live/live-now.ts";

/** What a pair's last bar was made of. */
export type LastBar = {
  readonly figures: LiveFigures;
  readonly carriedY: boolean;
  readonly carriedX: boolean;
};

/** Times by the clocks of the markets of both legs, which need not be of one venue. */
export type VenueTimes = { readonly y: number; readonly x: number };

/** All that a snapshot is made of. */
export type SnapshotInput = {
  readonly pair: LeasedLivePair;
  readonly marketY: InstrumentMarket | undefined;
  readonly marketX: InstrumentMarket | undefined;
  /** null: no bar yet. */
  readonly lastBar: LastBar | null;
  /** Whether the stored bars have not been read yet. */
  readonly isReading: boolean;
  readonly seq: number;
  readonly nowMs: number;
  /** What the time is at the market of each leg, UTC ms. */
  readonly venueMs: VenueTimes;
  readonly staleAfterMs: number;
};

/** Digits of a sparkline that a screen can show. */
const SPARKLINE_DIGITS = 4;

/** Everything known of a live pair now. */
export function snapshotOf(input: SnapshotInput): LiveSnapshot {
  const { pair, marketY, marketX, lastBar, seq, nowMs } = input;
  const { state, reason } = stateOf(input);
  const prices = { priceY: marketY?.newest?.price, priceX: marketX?.newest?.price };
  const now = nowOf(lastBar, prices, pair.settings);
  return {
    livePairId: pair.id,
    seq,
    state,
    stateReason: reason,
    computedAtMs: nowMs,
    freshnessMs: freshness(input),
    legY: legOf(marketY, lastBar?.figures.volumeY ?? null),
    legX: legOf(marketX, lastBar?.figures.volumeX ?? null),
    now,
    bar: lastBar === null ? null : barOf(lastBar, pair),
    signal: liveSignal(now.zScore, pair.settings.threshold),
    quality: lastBar === null ? null : qualityOf(lastBar.figures),
    decay: lastBar === null ? null : decayOf(lastBar.figures),
    sparkline: (lastBar?.figures.sparkline ?? []).map((zScore) =>
      zScore === null ? null : Number(zScore.toPrecision(SPARKLINE_DIGITS)),
    ),
  };
}

/** State of a pair, with a reason in words when it is not "live". */
export function stateOf(input: SnapshotInput): {
  readonly state: LiveState;
  readonly reason: string | null;
} {
  const { pair, marketY, marketX, lastBar, venueMs } = input;
  const legs = [
    { symbol: pair.legY.symbol, market: marketY, venueMs: venueMs.y },
    { symbol: pair.legX.symbol, market: marketX, venueMs: venueMs.x },
  ];
  for (const { symbol, market } of legs) {
    if (market !== undefined && market.status !== "trading") {
      const halted = market.status === "delisted" ? "is no longer traded" : "is halted";
      return { state: "halted", reason: `${symbol} ${halted} at the venue` };
    }
  }
  const silent = legs.filter(({ market }) => (market?.newest ?? null) === null);
  if (silent.length > 0) {
    const symbols = silent.map(({ symbol }) => symbol).join(" and ");
    return { state: "waiting", reason: `Waiting for the first trade of ${symbols}` };
  }
  if (input.isReading) return { state: "waiting", reason: "Reading the stored bars" };
  for (const { symbol, market, venueMs: nowMs } of legs) {
    const heardMs = heardUntilMs(market);
    if (nowMs - heardMs > input.staleAfterMs) {
      return {
        state: "stale",
        reason: `Nothing heard of ${symbol} since ${clockTime(heardMs)} UTC`,
      };
    }
  }
  const bars = lastBar?.figures.bars ?? 0;
  const needed = liveBarsNeeded(pair.settings);
  if (bars < needed) {
    return { state: "insufficient-data", reason: `${bars} of ${needed} bars so far` };
  }
  return { state: "live", reason: null };
}

/**
 * Until when is known what a leg traded. A feed closes the bars of a quiet symbol too, as long as it
 * listens: quiet is not stale, and how old the trade is tells the freshness.
 */
function heardUntilMs(market: InstrumentMarket | undefined): number {
  return Math.max(market?.newest?.timeMs ?? 0, market?.barsUntilMs ?? 0);
}

/** Age of the older of the newest trades, ms. */
function freshness({ marketY, marketX, venueMs }: SnapshotInput): number | null {
  const ageMs = Math.max(
    venueMs.y - (marketY?.newest?.timeMs ?? Number.NaN),
    venueMs.x - (marketX?.newest?.timeMs ?? Number.NaN),
  );
  // The measure of the venue's clock may be off by more than a trade is old.
  return Number.isNaN(ageMs) ? null : Math.max(0, ageMs);
}

function nowOf(
  lastBar: LastBar | null,
  { priceY, priceX }: { readonly priceY: number | undefined; readonly priceX: number | undefined },
  settings: LeasedLivePair["settings"],
): LiveSnapshot["now"] {
  if (lastBar === null || priceY === undefined || priceX === undefined) {
    return { spread: null, zScore: null };
  }
  return liveNow(lastBar.figures, { priceY, priceX }, settings);
}

function legOf(market: InstrumentMarket | undefined, volume: number | null): LiveSnapshot["legY"] {
  const newest = market?.newest ?? null;
  return {
    price: newest?.price ?? null,
    tradeTimeMs: newest?.timeMs ?? null,
    tradeId: newest?.tradeId ?? null,
    volume,
  };
}

function barOf(
  { figures, carriedY, carriedX }: LastBar,
  { settings }: LeasedLivePair,
): NonNullable<LiveSnapshot["bar"]> {
  return {
    openTimeMs: figures.openTimeMs,
    bars: figures.bars,
    barsNeeded: liveBarsNeeded(settings),
    carriedY,
    carriedX,
    hedgeRatio: figures.hedgeRatio,
    intercept: figures.intercept,
    spread: figures.spread,
    spreadMean: figures.spreadMean,
    spreadDeviation: figures.spreadDeviation,
    zScore: figures.zScore,
    correlation: figures.correlation,
    beta: figures.beta,
    halfLifeBars: figures.halfLifeBars,
    adfStatistic: figures.adfStatistic,
    adfPValue: figures.adfPValue,
    adfAtMs: figures.adfPValue === null ? null : figures.openTimeMs + settings.intervalMs,
  };
}

function qualityOf({ quality }: LiveFigures): NonNullable<LiveSnapshot["quality"]> {
  return { ...quality, flags: [...quality.flags], issues: [...quality.issues] };
}

function decayOf({ decay }: LiveFigures): NonNullable<LiveSnapshot["decay"]> {
  return { ...decay, reasons: [...decay.reasons] };
}

function clockTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}
