import { gaussianAt, mix, uniformAt } from "./block-random.ts";
import { DAY_MS, EPOCH_MS } from "./calendar.ts";
import { RecentBlocks } from "./recent-blocks.ts";

export const MINUTES_PER_DAY = 1_440;
/** Days of which the minutes are remembered; a walk through history needs one, live work two. */
const RECENT_DAYS = 32;

/**
 * How many trades there are, ever: a closed form in days and minutes.
 *
 * A day has a number of trades, its minutes share them out by a profile: the hour of day, how nervous
 * the hour is, chance. Cumulative counts are whole numbers, so ids follow without counting trades.
 */
export type TradeCounts = {
  /** Trades before a minute since the epoch. */
  readonly beforeMinute: (minute: number) => number;
  readonly ofMinute: (minute: number) => number;
};

export type TradeCountsOptions = {
  readonly seed: number;
  readonly tradesPerSecond: number;
  readonly stress: (hour: number) => number;
};

export function createTradeCounts({
  seed,
  tradesPerSecond,
  stress,
}: TradeCountsOptions): TradeCounts {
  const beforeDays: number[] = [0];
  const recent = new RecentBlocks<Float64Array>(RECENT_DAYS);
  const tradesOfDay = (day: number): number => {
    const weekday = new Date(EPOCH_MS + day * DAY_MS).getUTCDay();
    const weekend = weekday === 0 || weekday === 6 ? 0.82 : 1.072;
    const noise = Math.exp(0.2 * gaussianAt(seed, day) - 0.02);
    return Math.round((tradesPerSecond * DAY_MS * weekend * noise) / 1000);
  };
  const beforeDay = (day: number): number => {
    for (let known = beforeDays.length; known <= day; known++) {
      beforeDays.push((beforeDays[known - 1] ?? 0) + tradesOfDay(known - 1));
    }
    return beforeDays[day] ?? 0;
  };
  const computeDay = (day: number): Float64Array =>
    cumulativeCounts(tradesOfDay(day), minuteWeights(mix(seed, day + 1_000_003), day, stress));
  const dayCounts = (day: number) => recent.get(day, computeDay);

  return {
    beforeMinute: (minute) => {
      if (minute <= 0) return 0;
      const day = Math.floor(minute / MINUTES_PER_DAY);
      const minuteOfDay = minute - day * MINUTES_PER_DAY;
      if (minuteOfDay === 0) return beforeDay(day);
      return beforeDay(day) + (dayCounts(day)[minuteOfDay] ?? 0);
    },
    ofMinute: (minute) => {
      const day = Math.floor(minute / MINUTES_PER_DAY);
      const counts = dayCounts(day);
      const minuteOfDay = minute - day * MINUTES_PER_DAY;
      return (counts[minuteOfDay + 1] ?? 0) - (counts[minuteOfDay] ?? 0);
    },
  };
}

/** Last index in [low, high) whose ascending value is at most the target. */
export function lastAtMost(
  from: number,
  to: number,
  valueAt: (index: number) => number,
  target: number,
): number {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (valueAt(middle) <= target) low = middle;
    else high = middle;
  }
  return low;
}

function minuteWeights(seed: number, day: number, stress: (hour: number) => number): Float64Array {
  const weights = new Float64Array(MINUTES_PER_DAY);
  for (let hourOfDay = 0; hourOfDay < 24; hourOfDay++) {
    const rhythm = 1 + 0.45 * Math.cos(((hourOfDay - 15) / 24) * 2 * Math.PI);
    const liveliness = rhythm * (0.4 + 0.6 * stress(day * 24 + hourOfDay));
    for (let k = 0; k < 60; k++) {
      const minute = hourOfDay * 60 + k;
      const noise = uniformAt(seed, minute);
      // Orders come in waves: one minute in twelve is two or three times as busy.
      const wave = mix(seed, minute + MINUTES_PER_DAY) % 12 === 0 ? 1.5 : 0;
      weights[minute] = liveliness * (0.5 + noise + wave);
    }
  }
  return weights;
}

/** Shares a whole number out after weights: cumulative counts, one more than there are weights. */
export function cumulativeCounts(total: number, weights: Float64Array): Float64Array {
  const cumulative = new Float64Array(weights.length + 1);
  const sum = weights.reduce((a, b) => a + b, 0);
  let before = 0;
  for (let i = 0; i < weights.length; i++) {
    cumulative[i] = Math.floor((total * before) / sum);
    before += weights[i] ?? 0;
  }
  cumulative[weights.length] = total;
  return cumulative;
}
