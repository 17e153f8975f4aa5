import { isWeekend } from "./market-calendar.ts";

/** A day on which a market was open: its bars are those from `from` up to, not including, `to`. */
export type SessionDay = { readonly dayMs: number; readonly from: number; readonly to: number };

const DAY_MS = 86_400_000;

/**
 * Session days: the weekdays (UTC) of a series that have bars, with their bars.
 *
 * @param openTimeMs open times, strictly ascending, UTC milliseconds
 * @returns days in order; the bars of weekends belong to none
 *
 * Cost: O(n).
 */
export function sessionDays(openTimeMs: Float64Array): readonly SessionDay[] {
  const days: SessionDay[] = [];
  for (let from = 0; from < openTimeMs.length; ) {
    const dayMs = Math.floor(openTimeMs[from]! / DAY_MS) * DAY_MS;
    let to = from + 1;
    while (to < openTimeMs.length && openTimeMs[to]! < dayMs + DAY_MS) to += 1;
    if (!isWeekend(dayMs)) days.push({ dayMs, from, to });
    from = to;
  }
  return days;
}

/** Session days before and after a day that tell when its session is: two weeks each. */
const NEIGHBOURS = 10;

/**
 * Session slots: for each session day, the times of day at which a bar is to be expected.
 *
 * Expected is what more than half of the days around (ten sessions before and after) have. The majority is
 * a local one because sessions move by an hour in UTC when clocks change; it changes sides on the very day
 * that the clocks do.
 *
 * @param openTimeMs open times, strictly ascending, UTC milliseconds
 * @param days the session days of these bars
 * @returns for each day in turn, times of day in ms after midnight UTC, ascending; the arrays are fresh
 *
 * Cost: O(n + Σ slots · log slots).
 */
export function* sessionSlots(
  openTimeMs: Float64Array,
  days: readonly SessionDay[],
): Generator<Float64Array> {
  const counts = new Map<number, number>();
  const add = (day: SessionDay, change: 1 | -1) => {
    for (let i = day.from; i < day.to; i++) {
      const slot = openTimeMs[i]! - day.dayMs;
      const count = (counts.get(slot) ?? 0) + change;
      if (count === 0) counts.delete(slot);
      else counts.set(slot, count);
    }
  };
  let from = 0;
  let to = 0;
  for (let d = 0; d < days.length; d++) {
    while (to < days.length && to <= d + NEIGHBOURS) add(days[to++]!, 1);
    while (from < d - NEIGHBOURS) add(days[from++]!, -1);
    const majority = (to - from) / 2;
    const slots: number[] = [];
    for (const [slot, count] of counts) if (count > majority) slots.push(slot);
    yield Float64Array.from(slots).sort();
  }
}
