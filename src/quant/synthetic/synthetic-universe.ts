import { InvalidInputError } from "../invalid-input-error.ts";
import { candlesFromLogPrice, type SyntheticBars } from "./candles-from-log-price.ts";
import { type MarketFactors, marketFactors, shocks } from "./market-factors.ts";
import { ownPart } from "./own-part.ts";
import { type InstrumentPlan, type SyntheticRelation, UNIVERSE_PLAN } from "./universe-plan.ts";

/**
 * One synthetic instrument with its bars and the truth about it: the group whose trend it follows,
 * the relation it has to that group, and from when on a broken relation no longer holds.
 */
export type SyntheticInstrument = SyntheticBars & {
  readonly symbol: string;
  readonly name: string;
  readonly group: string;
  readonly relation: SyntheticRelation;
  readonly breakTimeMs: number | null;
  readonly openTimeMs: Float64Array;
};

/** What a universe is made from; the same options give the same bars to the bit. */
export type SyntheticUniverseOptions = {
  readonly seed: number;
  readonly instruments?: number;
  readonly bars: number;
  readonly intervalMs: number;
  readonly startMs: number;
};

const TREND_STD = 0.002;
const TREND_STREAM = 200;
const OWN_STREAM = 1000;
const CANDLE_STREAM = 2000;

/**
 * Synthetic universe: prices that look like a market and whose truth is known.
 *
 * ln P = ln start + loading · (market + sector + trend of the group) + own part. Cointegrated
 * groups share everything but stationary own parts; regime breaks do so until one member wanders
 * off; decoys share market and sector, so that they are strongly correlated, but each has a walk of
 * its own, so that nothing holds them together; independent instruments share a part of the market
 * only.
 *
 * @param options.seed whole number in [0, 2³²)
 * @param options.instruments 1 … 40, 40 unless told; the first ones of a fixed plan
 * @param options.bars length of the history, a whole number ≥ 1
 * @param options.intervalMs length of a bar
 * @param options.startMs open time of the first bar, UTC milliseconds
 * @returns the instruments, all with the same openTimeMs (one shared array)
 * @throws {InvalidInputError} an option is out of range
 *
 * Cost: O(instruments · bars).
 */
export function syntheticUniverse(
  options: SyntheticUniverseOptions,
): readonly SyntheticInstrument[] {
  const { seed, instruments = UNIVERSE_PLAN.length, bars, intervalMs, startMs } = options;
  requireWhole("seed", seed, 0, 2 ** 32 - 1);
  requireWhole("instruments", instruments, 1, UNIVERSE_PLAN.length);
  requireWhole("bars", bars, 1, 2 ** 31);
  requireWhole("intervalMs", intervalMs, 1, Number.MAX_SAFE_INTEGER);
  requireWhole("startMs", startMs, 0, Number.MAX_SAFE_INTEGER);
  const openTimeMs = Float64Array.from({ length: bars }, (_, t) => startMs + t * intervalMs);
  const factors = marketFactors(seed, bars);
  const trends = new Map<string, Float64Array>();
  return UNIVERSE_PLAN.slice(0, instruments).map((plan, index) => {
    const trend = trends.get(plan.trend) ?? groupTrend(plan, index, factors, seed);
    trends.set(plan.trend, trend);
    const breakBar = plan.breakAt === null ? null : Math.floor(plan.breakAt * bars);
    const logPrice = logPriceOf(plan, index, { trend, factors, seed, breakBar: breakBar ?? bars });
    return {
      symbol: plan.symbol,
      name: plan.name,
      group: plan.group,
      relation: plan.relation,
      breakTimeMs: breakBar === null ? null : startMs + breakBar * intervalMs,
      openTimeMs,
      ...candlesFromLogPrice(logPrice, plan.startPrice, { seed, stream: CANDLE_STREAM + index }),
    };
  });
}

/** The walk that a group shares, in log price; decoys and independents have no walk of a group. */
function groupTrend(
  plan: InstrumentPlan,
  index: number,
  factors: MarketFactors,
  seed: number,
): Float64Array {
  const isHeldTogether = plan.relation === "cointegrated" || plan.relation === "regime-break";
  const own = shocks(seed, TREND_STREAM + index, isHeldTogether ? TREND_STD : 0, factors.stress);
  const sector = plan.relation === "independent" ? null : factors.sectors[plan.sector]!;
  let level = 0;
  return own.map((shock, t) => {
    level += factors.market[t]! + (sector === null ? 0 : sector[t]!) + shock;
    return level;
  });
}

function logPriceOf(
  plan: InstrumentPlan,
  index: number,
  made: {
    readonly trend: Float64Array;
    readonly factors: MarketFactors;
    readonly seed: number;
    readonly breakBar: number;
  },
): Float64Array {
  const source = {
    seed: made.seed,
    stream: OWN_STREAM + index,
    stress: made.factors.stress,
  };
  const own = ownPart(plan, made.breakBar, source);
  const start = Math.log(plan.startPrice);
  return own.map((value, t) => start + plan.trendLoading * made.trend[t]! + value);
}

function requireWhole(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new InvalidInputError(
      "out-of-range",
      `${name} must be a whole number from ${min} to ${max}`,
    );
  }
}
