import type { Calendar } from "#contracts/interval.ts";
import type { TradedSessions } from "../compute/strategy-market.ts";
import { DAY_MS } from "../imports/bar-interval.ts";

/**
 * How a year was counted where a market closes: of how many bars a session has there is no convention, and
 * beside a market that never closes there are bars at weekends.
 */
export function annualisationNotes(
  intervalMs: number,
  calendar: Calendar,
  sessions: TradedSessions,
): string[] {
  if (calendar === "continuous" || intervalMs > DAY_MS) return [];
  if (sessions.calendar === "continuous") {
    return [
      "Annual figures count 365 days a year: some of these markets close at weekends, others do not, and the trading period has the bars of all.",
    ];
  }
  if (intervalMs === DAY_MS) return [];
  const bars = sessions.bars === 1 ? "1 bar" : `${sessions.bars} bars`;
  return [
    `Annual figures count 252 sessions a year, each of ${bars}: the median of the trading period.`,
  ];
}
