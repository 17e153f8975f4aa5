import type { Calendar } from "#contracts/interval.ts";

const DAY_MS = 86_400_000;

/** Longest silence of a market that closes which is no gap: a weekend with one holiday beside it. */
const LONG_WEEKEND_DAYS = 4;

/** Whether a line breaks between two bars that follow each other, because bars are missing there. */
export function isChartGap(
  beforeMs: number,
  afterMs: number,
  { intervalMs, calendar }: { intervalMs: number; calendar: Calendar },
): boolean {
  const silenceMs = afterMs - beforeMs;
  if (silenceMs < 1.5 * intervalMs) return false;
  if (calendar === "continuous") return true;
  const isSameDay = Math.floor(beforeMs / DAY_MS) === Math.floor(afterMs / DAY_MS);
  return isSameDay || silenceMs > LONG_WEEKEND_DAYS * DAY_MS;
}
