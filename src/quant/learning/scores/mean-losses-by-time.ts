import { InvalidInputError } from "../../invalid-input-error.ts";

/**
 * Mean losses by time: one loss a bar of several pairs.
 *
 * Pairs of one bar rise and fall together, so that their rows are not so many observations: tests and
 * intervals of pooled rows are made on the means of the bars.
 *
 * @param losses one a row, any order
 * @param times of each row, any unit
 * @returns distinct times, ascending, and the mean loss of the rows of each
 * @throws {InvalidInputError} "length-mismatch"; "not-finite": a time
 *
 * Cost: O(n log n). Source: Timmermann and Zhu (2019), comparing forecasts of panels.
 */
export function meanLossesByTime(
  losses: Float64Array,
  times: Float64Array,
): { readonly times: Float64Array; readonly losses: Float64Array } {
  if (losses.length !== times.length) {
    throw new InvalidInputError("length-mismatch", "each loss needs its time");
  }
  if (!times.every(Number.isFinite)) {
    throw new InvalidInputError("not-finite", "a time is not finite");
  }
  const distinct = times
    .slice()
    .sort()
    .filter((time, i, all) => i === 0 || time !== all[i - 1]);
  const placeOf = new Map<number, number>();
  distinct.forEach((time, place) => {
    placeOf.set(time, place);
  });
  const sums = new Float64Array(distinct.length);
  const counts = new Float64Array(distinct.length);
  for (let i = 0; i < losses.length; i++) {
    const place = placeOf.get(times[i]!)!;
    sums[place]! += losses[i]!;
    counts[place]! += 1;
  }
  return { times: distinct, losses: sums.map((sum, place) => sum / counts[place]!) };
}
