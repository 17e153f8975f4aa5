import { isWeekend, type MarketCalendar } from "./market-calendar.ts";
import { type SessionDay, sessionDays, sessionSlots } from "./session-slots.ts";

/** A run of missing bars between two that are there: the open time of the first, and how many. */
export type MissingRun = { readonly startMs: number; readonly missingBars: number };

/** All missing bars of a series, and the first runs of them. */
export type MissingBars = { readonly missingBars: number; readonly runs: readonly MissingRun[] };

/** When bars are due: the interval, a divisor of a day in ms, and the calendar of the market. */
export type BarSchedule = { readonly intervalMs: number; readonly calendar: MarketCalendar };

const DAY_MS = 86_400_000;

/**
 * Missing bars: which bars of its market a series lacks between its first and its last.
 *
 * Continuous: every interval has a bar. Weekdays: none is due at a weekend, and on a weekday those times
 * of day are due that most of the days around have, so that neither the night nor the break at noon is a
 * gap; a weekday without any bar (a holiday, as far as we know) misses a whole session.
 *
 * @param openTimeMs open times, strictly ascending, UTC ms, on a grid of schedule.intervalMs
 * @param schedule interval, a divisor of a day, and calendar
 * @param runsMax runs to return at most; the others are only counted
 * @returns runs in order of time; a run ends at the next bar that is there, whatever lies between
 *
 * Cost: O(n) for continuous, else as sessionSlots.
 */
export function missingBars(
  openTimeMs: Float64Array,
  schedule: BarSchedule,
  runsMax: number,
): MissingBars {
  const log = createRunLog(runsMax);
  if (schedule.calendar === "continuous") missFromGrid(openTimeMs, schedule.intervalMs, log);
  else missFromSessions(openTimeMs, log);
  return log.collected();
}

/** Collects missing bars into runs, which end when a bar is there. */
type RunLog = {
  readonly miss: (startMs: number, bars: number) => void;
  readonly end: () => void;
  readonly collected: () => MissingBars;
};

function createRunLog(runsMax: number): RunLog {
  const runs: MissingRun[] = [];
  let total = 0;
  let startMs = 0;
  let length = 0;
  return {
    miss: (missedMs, bars) => {
      if (bars <= 0) return;
      if (length === 0) startMs = missedMs;
      length += bars;
      total += bars;
    },
    end: () => {
      if (length > 0 && runs.length < runsMax) runs.push({ startMs, missingBars: length });
      length = 0;
    },
    collected: () => ({ missingBars: total, runs }),
  };
}

function missFromGrid(openTimeMs: Float64Array, intervalMs: number, log: RunLog): void {
  for (let i = 1; i < openTimeMs.length; i++) {
    const before = openTimeMs[i - 1]!;
    log.miss(before + intervalMs, Math.round((openTimeMs[i]! - before) / intervalMs) - 1);
    log.end();
  }
}

function missFromSessions(openTimeMs: Float64Array, log: RunLog): void {
  const days = sessionDays(openTimeMs);
  let d = 0;
  for (const slots of sessionSlots(openTimeMs, days)) {
    const day = days[d]!;
    missFromDay(openTimeMs, { day, slots, isFirst: d === 0, isLast: d === days.length - 1 }, log);
    d += 1;
    const next = days[d];
    if (next === undefined || slots.length === 0) continue;
    // Every day is stepped over at most once, however few bars there are.
    for (let closed = day.dayMs + DAY_MS; closed < next.dayMs; closed += DAY_MS) {
      if (!isWeekend(closed)) log.miss(closed + slots[0]!, slots.length);
    }
  }
}

function missFromDay(
  openTimeMs: Float64Array,
  session: {
    readonly day: SessionDay;
    readonly slots: Float64Array;
    readonly isFirst: boolean;
    readonly isLast: boolean;
  },
  log: RunLog,
): void {
  const { day, slots, isFirst, isLast } = session;
  let s = 0;
  const missBefore = (timeMs: number, isCounted: boolean) => {
    for (; s < slots.length && day.dayMs + slots[s]! < timeMs; s++) {
      if (isCounted) log.miss(day.dayMs + slots[s]!, 1);
    }
  };
  for (let i = day.from; i < day.to; i++) {
    const timeMs = openTimeMs[i]!;
    missBefore(timeMs, !(isFirst && i === day.from));
    log.end();
    if (s < slots.length && day.dayMs + slots[s]! === timeMs) s += 1;
  }
  missBefore(day.dayMs + DAY_MS, !isLast);
}
