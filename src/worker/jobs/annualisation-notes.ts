import type { Calendar } from "#contracts/interval.ts";
import { DAY_MS } from "../imports/bar-interval.ts";

/** Of how many bars a session has there is no convention, so a report says what was counted. */
export function annualisationNotes(
  intervalMs: number,
  calendar: Calendar,
  sessionBars: number,
): string[] {
  if (calendar === "continuous" || intervalMs >= DAY_MS) return [];
  const bars = sessionBars === 1 ? "1 bar" : `${sessionBars} bars`;
  return [
    `Annual figures count 252 sessions a year, each of ${bars}: the median of the trading period.`,
  ];
}
