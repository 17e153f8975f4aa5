import { z } from "zod";

/** Bar intervals that Pairdesk knows, shortest first: label and length in milliseconds. */
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

/** Length of a bar in milliseconds, one of INTERVALS. */
export const IntervalMs = z
  .number()
  .int()
  .refine((ms) => INTERVALS.some((interval) => interval.ms === ms), "Unknown bar interval");

/** Label of a bar interval ("1h"); an unknown length is spelled in seconds. */
export function intervalLabel(intervalMs: number): string {
  return INTERVALS.find(({ ms }) => ms === intervalMs)?.label ?? `${intervalMs / 1000}s`;
}

/**
 * Trading calendar of a series: "continuous" has a bar every interval, "weekdays" (daily series of
 * markets that close) none on Saturday and Sunday. It decides what counts as a missing bar and how
 * many bars make a year.
 */
export const Calendar = z.enum(["continuous", "weekdays"]);
export type Calendar = z.infer<typeof Calendar>;

/** Half-open span of time [startMs, endMs), UTC milliseconds. */
export const TimeWindow = z
  .strictObject({ startMs: z.number().int().min(0), endMs: z.number().int().min(0) })
  .refine(({ startMs, endMs }) => startMs < endMs, {
    message: "The end must be after the start",
    path: ["endMs"],
  });
export type TimeWindow = z.infer<typeof TimeWindow>;
