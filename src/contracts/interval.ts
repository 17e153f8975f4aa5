import { z } from "zod";
import { INTERVALS } from "./bar-intervals.ts";

/** Length of a bar in milliseconds, one of INTERVALS. */
export const IntervalMs = z
  .number()
  .int()
  .refine((ms) => INTERVALS.some((interval) => interval.ms === ms), "Unknown bar interval");

/**
 * Trading calendar of a series: "continuous" has a bar every interval, "weekdays" (markets that close)
 * none on Saturday and Sunday and, where bars are shorter than a day, none outside the session. It
 * decides what counts as a missing bar and how many bars make a year.
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
