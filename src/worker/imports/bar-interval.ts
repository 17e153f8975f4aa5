import { INTERVALS, intervalLabel } from "#contracts/bar-intervals.ts";
import { durationLabel } from "./duration-label.ts";

/** The interval of a file's bars, or why it has none. */
export type BarInterval =
  | { readonly kind: "interval"; readonly intervalMs: number }
  | { readonly kind: "refused"; readonly reason: string };

export const DAY_MS = 86_400_000;

/** Daylight saving shifts the open of a daily bar by an hour; two leave room for both clocks of a pair. */
const DAY_TOLERANCE_MS = 2 * 3_600_000;

/** Share of the steps that must be whole multiples of the interval. */
const ON_GRID_MIN = 0.9;

/**
 * A second interval counts when steps of it follow each other in this share of the file and this often:
 * hours after minutes are two files in one, single missing bars are not.
 */
const SECOND_INTERVAL_SHARE = 0.05;
const SECOND_INTERVAL_RUNS_MIN = 3;

/** Distinct steps that are counted; a file with more of them has no interval anyway. */
const STEPS_COUNTED_MAX = 100_000;

/**
 * Interval of bars: the most frequent step between one bar and the next.
 *
 * @param axes ascending open times of each symbol, UTC ms
 * @returns refused when there are no two bars, when less than 90 % of the steps are whole multiples of
 *   the most frequent one, when two intervals follow each other, or when Pairdesk has no such interval
 */
export function detectInterval(axes: readonly Float64Array[]): BarInterval {
  const { counts, runs, total } = countSteps(axes);
  const modal = mostFrequentStep(counts);
  if (modal === null)
    return refused("At least two rows are needed to tell the interval of the bars");
  const intervalMs = nearestWholeDay(modal);
  let onGrid = 0;
  for (const [step, count] of counts) if (isMultiple(step, intervalMs)) onGrid += count;
  if (onGrid < ON_GRID_MIN * total) return refused(mixedReason(counts));
  const second = INTERVALS.find(
    ({ ms }) => ms !== intervalMs && isSecondInterval(runs.get(ms), total),
  );
  if (second !== undefined) return refused(mixedReason(counts));
  if (!INTERVALS.some(({ ms }) => ms === intervalMs)) {
    const known = INTERVALS.map(({ label }) => label).join(", ");
    return refused(`Bars of ${durationLabel(intervalMs)} are not supported; these are: ${known}`);
  }
  return { kind: "interval", intervalMs };
}

type StepCounts = {
  readonly counts: ReadonlyMap<number, number>;
  /** How often a step is the same as the step before it. */
  readonly runs: ReadonlyMap<number, number>;
  readonly total: number;
};

function countSteps(axes: readonly Float64Array[]): StepCounts {
  const counts = new Map<number, number>();
  const runs = new Map<number, number>();
  let total = 0;
  for (const times of axes) {
    let before = 0;
    for (let i = 1; i < times.length; i++) {
      const step = (times[i] ?? 0) - (times[i - 1] ?? 0);
      total += 1;
      if (counts.has(step) || counts.size < STEPS_COUNTED_MAX) {
        counts.set(step, (counts.get(step) ?? 0) + 1);
      }
      if (step === before && (runs.has(step) || runs.size < STEPS_COUNTED_MAX)) {
        runs.set(step, (runs.get(step) ?? 0) + 1);
      }
      before = step;
    }
  }
  return { counts, runs, total };
}

function mostFrequentStep(counts: ReadonlyMap<number, number>): number | null {
  let best: number | null = null;
  for (const [step, count] of counts) {
    const bestCount = best === null ? 0 : (counts.get(best) ?? 0);
    if (count > bestCount || (count === bestCount && best !== null && step < best)) best = step;
  }
  return best;
}

function nearestWholeDay(stepMs: number): number {
  const days = Math.round(stepMs / DAY_MS) * DAY_MS;
  return days > 0 && Math.abs(stepMs - days) <= DAY_TOLERANCE_MS ? days : stepMs;
}

function isMultiple(stepMs: number, intervalMs: number): boolean {
  const remainder = Math.abs(stepMs - Math.round(stepMs / intervalMs) * intervalMs);
  return remainder === 0 || (intervalMs >= DAY_MS && remainder <= DAY_TOLERANCE_MS);
}

function isSecondInterval(runs: number | undefined, total: number): boolean {
  return (
    runs !== undefined && runs >= SECOND_INTERVAL_RUNS_MIN && runs >= SECOND_INTERVAL_SHARE * total
  );
}

function mixedReason(counts: ReadonlyMap<number, number>): string {
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const labels = frequent.map(([step]) =>
    INTERVALS.some(({ ms }) => ms === step) ? intervalLabel(step) : durationLabel(step),
  );
  return `The file mixes intervals (${labels.join(", ")}): import one interval a file`;
}

function refused(reason: string): BarInterval {
  return { kind: "refused", reason };
}
