import type { ScanCadence, ScheduleOutcome } from "#contracts/scan-schedule.ts";

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** An hour of the day as clocks show it. */
export function hourLabel(hourUtc: number): string {
  return `${String(hourUtc).padStart(2, "0")}:00`;
}

/** "every Monday at 06:00 UTC" */
export function cadenceWords(cadence: ScanCadence): string {
  const days = cadence.kind === "daily" ? "day" : (WEEKDAYS[cadence.weekday - 1] ?? "week");
  return `every ${days} at ${hourLabel(cadence.hourUtc)} UTC`;
}

/** What became of the last time that it was due. */
export const OUTCOME_WORDS: Record<ScheduleOutcome, string> = {
  started: "The universe was scanned.",
  "no-new-bars": "There was no bar that the scan before had not seen, so none was made.",
  "no-common-bars": "The instruments have no bars in common, so there was nothing to scan.",
  "too-many-jobs": "Too many jobs were waiting. It is tried again at the next time.",
};
