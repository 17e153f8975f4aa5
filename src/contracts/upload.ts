import { z } from "zod";
import { TRADE_BAR_INTERVALS_MS } from "./bar-intervals.ts";
import { Calendar, IntervalMs } from "./interval.ts";
import { RowRejection } from "./market-data.ts";
import { plainLine } from "./plain-text.ts";

/** How a time is written: seconds, milliseconds, microseconds or nanoseconds since 1970, ISO 8601, or a date alone. All UTC unless the text carries an offset. */
export const TimestampUnit = z.enum(["s", "ms", "us", "ns", "iso", "date"]);
export type TimestampUnit = z.infer<typeof TimestampUnit>;

/** "single": OHLCV of one symbol; "long": OHLCV with a symbol column; "wide": time, then a column of closes for each symbol; "trades": a trade a row, from which bars are built. */
export const UploadLayout = z.enum(["single", "long", "wide", "trades"]);
export type UploadLayout = z.infer<typeof UploadLayout>;

/** What stands between the values of a row; "json": a row is a JSON object, and its keys are the columns. */
export const UploadDelimiter = z.enum([",", ";", "\t", "|", "json"]);
export type UploadDelimiter = z.infer<typeof UploadDelimiter>;

const ColumnIndex = z.number().int().min(0).max(16_383);

const FILE_SHAPE = {
  delimiter: UploadDelimiter,
  hasHeader: z.boolean(),
  timestampUnit: TimestampUnit,
  symbol: plainLine(32).min(1).nullable(),
};

/**
 * How a file of bars is read. Detected, shown, and corrected by the person; columns are 0-based.
 * A wide file uses `time` alone: every other column is a symbol's closes.
 */
export const BarFileFormat = z.strictObject({
  layout: UploadLayout.exclude(["trades"]),
  ...FILE_SHAPE,
  columns: z.strictObject({
    time: ColumnIndex,
    symbol: ColumnIndex.nullable(),
    open: ColumnIndex.nullable(),
    high: ColumnIndex.nullable(),
    low: ColumnIndex.nullable(),
    close: ColumnIndex.nullable(),
    volume: ColumnIndex.nullable(),
  }),
});
export type BarFileFormat = z.infer<typeof BarFileFormat>;

/**
 * How a file of trades is read, and the bars that are made of them. Without a column of symbols all rows
 * are of `symbol`; without one of ids, trades that are equal in every column are taken for one.
 */
export const TradeFileFormat = z.strictObject({
  layout: z.literal("trades"),
  ...FILE_SHAPE,
  columns: z.strictObject({
    time: ColumnIndex,
    symbol: ColumnIndex.nullable(),
    price: ColumnIndex.nullable(),
    quantity: ColumnIndex.nullable(),
    id: ColumnIndex.nullable(),
  }),
  intervalsMs: z
    .array(z.literal(TRADE_BAR_INTERVALS_MS))
    .min(1, "Choose at least one interval")
    .max(TRADE_BAR_INTERVALS_MS.length)
    .refine((values) => new Set(values).size === values.length, "An interval is named twice"),
});
export type TradeFileFormat = z.infer<typeof TradeFileFormat>;

/** How a file is read. */
export const UploadFormat = z.discriminatedUnion("layout", [BarFileFormat, TradeFileFormat]);
export type UploadFormat = z.infer<typeof UploadFormat>;

/** What the head of a file looks like when read in a format. */
export const UploadPreview = z.object({
  header: z.array(z.string()),
  /** The first rows as text, with the line each stands on. */
  rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
  /** The first rows of the head that would be refused. */
  rejections: z.array(RowRejection),
  /** How many there are of them; absent of a file that was read before this was counted. */
  faultCount: z.number().int().optional(),
  symbols: z.array(z.string()),
  intervalMs: z.number().nullable(),
  calendar: Calendar,
  closeOnly: z.boolean(),
  /** Why the file as a whole cannot be imported in this format, if so. */
  refusal: z.string().nullable(),
  /** True when the head is the whole file, so that the rejections are all there are. */
  complete: z.boolean(),
  /** What was done to the rows without being asked, such as turning a newest-first file round. */
  notes: z.array(z.string()).optional(),
});
export type UploadPreview = z.infer<typeof UploadPreview>;

/** What an import found and did, a row a symbol. */
export const UploadReport = z.object({
  imported: z.boolean(),
  refusal: z.string().nullable(),
  rowCount: z.number().int(),
  rejectedCount: z.number().int(),
  duplicateCount: z.number().int(),
  /** The first of the rejected rows; the table row_rejection holds up to a thousand. */
  rejections: z.array(RowRejection),
  /** What was done to the rows without being asked, such as turning a newest-first file round. */
  notes: z.array(z.string()).optional(),
  series: z.array(
    z.object({
      seriesId: z.number().int().nullable(),
      symbol: z.string(),
      intervalMs: IntervalMs,
      barCount: z.number().int(),
      addedCount: z.number().int(),
      replacedCount: z.number().int(),
      missingCount: z.number().int(),
      duplicateCount: z.number().int(),
      rejectedCount: z.number().int(),
      firstOpenTimeMs: z.number(),
      lastOpenTimeMs: z.number(),
    }),
  ),
});
export type UploadReport = z.infer<typeof UploadReport>;

export const UploadState = z.enum([
  "receiving",
  "received",
  "inspected",
  "importing",
  "imported",
  "refused",
]);
export type UploadState = z.infer<typeof UploadState>;

/** An uploaded file as its owner sees it. */
export const UploadView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  state: UploadState,
  byteCount: z.number(),
  createdAtMs: z.number(),
  format: UploadFormat.nullable(),
  preview: UploadPreview.nullable(),
  report: UploadReport.nullable(),
});
export type UploadView = z.infer<typeof UploadView>;

/** What to do with a file that has rows at fault: refuse it whole, or import the rows that are right. */
export const BadRows = z.enum(["refuse", "skip"]);
export type BadRows = z.infer<typeof BadRows>;
