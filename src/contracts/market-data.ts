import { z } from "zod";
import { Calendar } from "./interval.ts";
import { VENUES } from "./venue.ts";

/** Where prices come from (VENUES says what each is). */
export const Venue = z.enum(VENUES);
export type Venue = z.infer<typeof Venue>;

/** Part of a venue that numbers its trades by itself; empty for uploads and the demo set. */
export const Market = z.enum(["", "spot", "usdm"]);
export type Market = z.infer<typeof Market>;

/** A run of missing bars: first missing open time, UTC ms, and how many bars are missing. */
export const Gap = z.object({ startMs: z.number(), missingBars: z.number().int().positive() });
export type Gap = z.infer<typeof Gap>;

/** One row of a file that was not imported: 1-based line, the field at fault and why. */
export const RowRejection = z.object({
  line: z.number().int(),
  symbol: z.string(),
  field: z.string(),
  reason: z.string(),
  text: z.string(),
});
export type RowRejection = z.infer<typeof RowRejection>;

/** One instrument at one interval, as the coverage page lists it. Times are bar open times, UTC ms. */
export const SeriesCoverage = z.object({
  seriesId: z.number().int(),
  instrumentId: z.number().int(),
  symbol: z.string(),
  name: z.string(),
  group: z.string(),
  venue: Venue,
  intervalMs: z.number().int(),
  calendar: Calendar,
  closeOnly: z.boolean(),
  firstOpenTimeMs: z.number(),
  lastOpenTimeMs: z.number(),
  barCount: z.number().int(),
  missingCount: z.number().int(),
  gapCount: z.number().int(),
  duplicateCount: z.number().int(),
  rejectedCount: z.number().int(),
  contentHash: z.string(),
  updatedAtMs: z.number(),
});
export type SeriesCoverage = z.infer<typeof SeriesCoverage>;

/** One series with what the coverage list leaves out: its gaps and the rejected rows of its uploads. */
export const SeriesDetail = SeriesCoverage.extend({
  gaps: z.array(Gap),
  rejections: z.array(RowRejection),
});
export type SeriesDetail = z.infer<typeof SeriesDetail>;

/**
 * A line to draw, downsampled on the server: point i is at `startMs + steps[i] · intervalMs`; null is
 * a gap. `full` tells whether every bar of the span is there.
 */
export const ChartLine = z.object({
  steps: z.array(z.number().int()),
  values: z.array(z.number().nullable()),
});
export type ChartLine = z.infer<typeof ChartLine>;

/** Lines over one span of time, with what is needed to place and label them. */
export const ChartSeries = z.object({
  startMs: z.number(),
  endMs: z.number(),
  intervalMs: z.number(),
  full: z.boolean(),
  lines: z.record(z.string(), ChartLine),
});
export type ChartSeries = z.infer<typeof ChartSeries>;

const Count = z.number().int().nullable();

/**
 * How the drawn bars came about: element i is the bar at `startMs + steps[i] · intervalMs`. provenance is
 * one of BAR_PROVENANCE_CODES, the counts are of its trades; null where nothing is known.
 */
export const BarOriginPoints = z.object({
  steps: z.array(z.number().int()),
  provenance: z.array(Count),
  tradeCount: z.array(Count),
  lateCount: z.array(Count),
  backfilledCount: z.array(Count),
});
export type BarOriginPoints = z.infer<typeof BarOriginPoints>;

/** Closes and volumes of one series. `origins` is null when nothing is known of any bar, and of a span so long that a pixel has many. */
export const BarChart = ChartSeries.extend({ origins: BarOriginPoints.nullable() });
export type BarChart = z.infer<typeof BarChart>;
