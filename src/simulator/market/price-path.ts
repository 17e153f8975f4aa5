import { gaussianAt, mix } from "./block-random.ts";
import type { InstrumentPlan } from "./instrument-plan.ts";
import { dailyRhythm, type PriceFactors, type PricePart } from "./price-factors.ts";
import { RecentBlocks } from "./recent-blocks.ts";

const MINUTES = 60;

/**
 * Log price at every full minute: a Brownian bridge between the hours of each part.
 *
 * Parts are bridged one by one, so what instruments share inside the hours they share as they do over
 * the hours: correlation does not fade at short intervals.
 */
export type PricePath = {
  /** Log price at the 61 full minutes of an hour since the epoch, both ends included. */
  readonly minutesOf: (hour: number) => Float64Array;
  /** Deviation of the log price over one second of an hour. */
  readonly stdPerSecond: (hour: number) => number;
};

export function createPricePath(plan: InstrumentPlan, factors: PriceFactors): PricePath {
  const parts = factors.partsOf(plan);
  const base = Math.log(plan.basePrice);
  const variance = parts.reduce((sum, part) => sum + (part.weight * part.stdPerHour) ** 2, 0);
  const trembling = (hour: number) => factors.stress(hour) * dailyRhythm(hour);
  const recent = new RecentBlocks<Float64Array>(4);

  const computeMinutes = (hour: number): Float64Array => {
    const minutes = new Float64Array(MINUTES + 1).fill(base);
    for (const part of parts) addBridge(minutes, part, hour, trembling(hour));
    return minutes;
  };

  return {
    minutesOf: (hour) => recent.get(hour, computeMinutes),
    stdPerSecond: (hour) => (Math.sqrt(variance) * trembling(hour)) / 60,
  };
}

function addBridge(minutes: Float64Array, part: PricePart, hour: number, trembling: number): void {
  const start = part.at(hour);
  const end = part.at(hour + 1);
  const std = (part.stdPerHour * trembling) / Math.sqrt(MINUTES);
  const seed = mix(part.seed, hour);
  let total = 0;
  for (let k = 0; k < MINUTES; k++) total += gaussianAt(seed, k);
  let walk = 0;
  for (let k = 0; k <= MINUTES; k++) {
    const line = start + ((end - start) * k) / MINUTES;
    const bridge = std * (walk - (total * k) / MINUTES);
    minutes[k] = (minutes[k] ?? 0) + part.weight * (line + bridge);
    walk += gaussianAt(seed, k);
  }
}
