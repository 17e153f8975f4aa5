import { niceBounds } from "./nice-bounds.ts";

/** Values from `from` and below `to` are drawn in a colour of this strength. */
export type HeatStep = {
  readonly from: number;
  readonly to: number;
  /** Below the reference: the other hue. */
  readonly isBelow: boolean;
  readonly strength: number;
};

const STEPS_WANTED = 5;
const STRENGTH_LEAST = 0.15;

/**
 * Steps of colour from the lowest to the highest value: one hue above the reference and another below
 * it, stronger the farther away; every step as wide as the others, at round numbers of the reference.
 *
 * @param low, high range of the values
 * @param reference neither good nor bad
 * @returns ascending, without gaps; the ends hold low and high
 */
export function heatSteps(low: number, high: number, reference: number): readonly HeatStep[] {
  const { interval } = niceBounds(
    Math.min(low, reference),
    Math.max(high, reference),
    STEPS_WANTED + 1,
  );
  const first = Math.min(0, Math.floor((low - reference) / interval));
  const last = Math.max(1, Math.floor((high - reference) / interval) + 1);
  const side = Math.max(last, -first);
  return Array.from({ length: last - first }, (_, i) => {
    const step = first + i;
    const isBelow = step < 0;
    const distance = isBelow ? -step : step + 1;
    return {
      from: rounded(reference + step * interval),
      to: rounded(reference + (step + 1) * interval),
      isBelow,
      strength:
        STRENGTH_LEAST + (1 - STRENGTH_LEAST) * (side === 1 ? 1 : (distance - 1) / (side - 1)),
    };
  }).filter(({ from, to }) => to > low && from <= high);
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
