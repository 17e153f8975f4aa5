import { intervalLabel, TRADE_BAR_INTERVALS_MS } from "#contracts/bar-intervals.ts";

export type HistoryIntervalMs = (typeof TRADE_BAR_INTERVALS_MS)[number];

const DAY_MS = 86_400_000;

export const HISTORY_INTERVALS = TRADE_BAR_INTERVALS_MS.map((ms) => ({
  ms,
  label: intervalLabel(ms),
}));

export const HISTORY_SPANS = [
  { ms: DAY_MS, label: "day" },
  { ms: 7 * DAY_MS, label: "week" },
  { ms: 30 * DAY_MS, label: "month" },
  { ms: 91 * DAY_MS, label: "quarter" },
  { ms: 365 * DAY_MS, label: "year" },
  { ms: 2 * 365 * DAY_MS, label: "two years" },
  { ms: 4 * 365 * DAY_MS, label: "four years" },
] as const;
