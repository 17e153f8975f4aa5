/**
 * Bar intervals that Pairdesk knows, shortest first: label and length in milliseconds. Apart from the
 * schema, so that pages which only show an interval load no zod.
 */
export const INTERVALS = [
  { label: "1s", ms: 1_000 },
  { label: "1m", ms: 60_000 },
  { label: "5m", ms: 300_000 },
  { label: "15m", ms: 900_000 },
  { label: "30m", ms: 1_800_000 },
  { label: "1h", ms: 3_600_000 },
  { label: "4h", ms: 14_400_000 },
  { label: "1d", ms: 86_400_000 },
] as const;

/** Lengths of the bars that are built from trades, ms: each is a whole multiple of the one before. */
export const TRADE_BAR_INTERVALS_MS = [
  1_000, 60_000, 300_000, 900_000, 3_600_000, 86_400_000,
] as const;

/** Label of a bar interval ("1h"); an unknown length is spelled in seconds. */
export function intervalLabel(intervalMs: number): string {
  return INTERVALS.find(({ ms }) => ms === intervalMs)?.label ?? `${intervalMs / 1000}s`;
}
