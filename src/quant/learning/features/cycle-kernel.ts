import { inputOf, type KernelWork, outputOf } from "./feature-node.ts";

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday; Monday is 0. */
const WEEKDAY_OF_EPOCH = 3;
const FRIDAY = 4;
const SATURDAY = 5;

/** See runCycle. */
export type Cycle = {
  readonly cycle: "hour-of-day" | "day-of-week";
  readonly isSine: boolean;
  /** Seven, or Monday to Friday. */
  readonly weekDays: 5 | 7;
};

/**
 * Where in its day or week a bar opens, as a coordinate of a point on a circle: midnight, or Monday, is at
 * (0, 1).
 *
 * In a week of five days a special session on a Saturday counts as Friday, and what opens on Sunday evening
 * as Monday.
 *
 * @param work input: open times, UTC milliseconds; output in [−1, 1]
 * @param cycle see Cycle
 *
 * Cost: O(1) a bar.
 */
export function runCycle(work: KernelWork, { cycle, isSine, weekDays }: Cycle): void {
  const openTimeMs = inputOf(work);
  const output = outputOf(work);
  let turnBefore = Number.NaN;
  for (let t = work.from; t < work.to; t++) {
    const days = openTimeMs[t]! / DAY_MS;
    const day = Math.floor(days);
    const turn = cycle === "hour-of-day" ? days - day : weekdayOf(day, weekDays) / weekDays;
    if (turn === turnBefore) {
      // The day of the week is the same for many bars.
      output[t] = output[t - 1]!;
      continue;
    }
    turnBefore = turn;
    output[t] = isSine ? Math.sin(2 * Math.PI * turn) : Math.cos(2 * Math.PI * turn);
  }
}

function weekdayOf(day: number, weekDays: 5 | 7): number {
  const weekday = (((day + WEEKDAY_OF_EPOCH) % 7) + 7) % 7;
  if (weekDays === 7 || weekday < SATURDAY) return weekday;
  return weekday === SATURDAY ? FRIDAY : 0;
}
