import { niceBounds } from "./nice-bounds.ts";

/** Values from `from` and below `to` are drawn in a colour of this strength. */
export type HeatStep = {
  readonly from: number;
  readonly to: number;
  /** Below the reference: the other hue. */
  readonly isBelow: boolean;
  readonly strength: number;
};

/** Steps on the better side, and at most on the worse, where the last holds all the rest. */
const STEPS_WANTED = 5;
const STEPS_BELOW_MAX = 3;
const STRENGTH_LEAST = 0.15;

/**
 * Steps of colour from the lowest to the highest value: one hue above the reference and another below
 * it, stronger the farther away, at round numbers. Their width is that of the better side, because that
 * is where one chooses: how very bad the bad is would otherwise make all that is good one colour.
 *
 * @param low, high range of the values
 * @param reference neither good nor bad
 * @returns ascending, without gaps; the ends hold low and high
 */
export function heatSteps(low: number, high: number, reference: number): readonly HeatStep[] {
  const above = high > reference;
  const { interval } = above
    ? niceBounds(reference, high, STEPS_WANTED)
    : niceBounds(low, reference, STEPS_BELOW_MAX);
  const lowest = Math.min(0, Math.floor((low - reference) / interval));
  const first = Math.max(-STEPS_BELOW_MAX, lowest);
  const last = high < reference ? 0 : Math.floor((high - reference) / interval) + 1;
  return Array.from({ length: last - first }, (_, i) => {
    const step = first + i;
    const isBelow = step < 0;
    // The last step downwards reaches as far as the values do.
    const from = reference + (i === 0 ? lowest : step) * interval;
    return {
      from: rounded(from),
      to: rounded(reference + (step + 1) * interval),
      isBelow,
      strength: isBelow ? strengthOf(-step, STEPS_BELOW_MAX) : strengthOf(step + 1, last),
    };
  }).filter(({ from, to }) => to > low && from <= high);
}

function strengthOf(step: number, steps: number): number {
  return steps < 2 ? 1 : STRENGTH_LEAST + ((1 - STRENGTH_LEAST) * (step - 1)) / (steps - 1);
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
