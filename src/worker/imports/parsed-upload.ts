import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { Calendar } from "#contracts/interval.ts";
import type { RowRejection } from "#contracts/market-data.ts";
import type { BarOrigins, Bars } from "#db/bars.ts";
import { detectCalendar } from "#quant/series/market-calendar.ts";
import { type AscendingRows, ascendingRows, type OrderFault } from "./ascending-rows.ts";
import { DAY_MS, detectInterval } from "./bar-interval.ts";
import type { RejectionLog } from "./rejection-log.ts";
import { picked, type RowColumns } from "./row-columns.ts";
import type { BarField, UploadTable } from "./upload-table.ts";

/** One symbol's bars of a file, ready to be stored. */
export type ParsedSeries = {
  readonly symbol: string;
  readonly intervalMs: number;
  readonly bars: Bars;
  /** How the bars came about; null of a file of bars, which does not say. */
  readonly origins: BarOrigins | null;
  readonly duplicateCount: number;
  readonly rejectedCount: number;
};

/** What a whole file holds. A refusal means that none of it can be imported; series is empty then. */
export type ParsedUpload = {
  readonly refusal: string | null;
  /** Interval of a file of bars; null of trades, which become bars of several. */
  readonly intervalMs: number | null;
  readonly calendar: Calendar;
  readonly closeOnly: boolean;
  readonly rowCount: number;
  readonly rejectedCount: number;
  readonly duplicateCount: number;
  readonly rejections: readonly RowRejection[];
  readonly notes: readonly string[];
  readonly series: readonly ParsedSeries[];
};

/** Rows of one time axis in order, with their open times on the grid of the interval. */
type Axis = {
  readonly symbol: string;
  readonly rows: RowColumns;
  readonly kept: Uint32Array;
  readonly openTimeMs: Float64Array;
};

/**
 * Makes series of the rows of a file: puts them in order, finds the interval, and rejects what does not
 * fit (duplicates, rows out of order, bars off the grid of the interval).
 */
export function parsedUpload(table: UploadTable): ParsedUpload {
  const refuse = (refusal: string) => refusedUpload(table, refusal, isCloseOnly(table));
  if (table.refusal !== null) return refuse(table.refusal);
  if (table.rowCount === 0) return refuse("The file has a header but no rows");
  if (table.rows.size === 0) return refuse(noGoodRow(table));

  const ordered = [...table.rows].map(([symbol, rows]) => orderRows(table, symbol, rows));
  const interval = detectInterval(ordered.map(({ axis }) => axis.openTimeMs));
  if (interval.kind === "refused") return refuse(interval.reason);
  const { intervalMs } = interval;
  const phaseMs = usualPhase(ordered, intervalMs);
  const axes = ordered.map(({ axis }) =>
    intervalMs === DAY_MS ? byDate(table, axis) : onGrid(table, axis, { intervalMs, phaseMs }),
  );
  const notes = notesOn(ordered, axes);
  const absent = absentValues(axes);
  const series = axes.flatMap((axis) => seriesOf(table, axis, { absent, intervalMs }));
  if (series.length === 0) return refuse("No symbol of the file has a price");
  return {
    refusal: null,
    intervalMs,
    calendar: detectCalendar(series[0]?.bars.openTimeMs ?? new Float64Array()),
    closeOnly: isCloseOnly(table),
    ...parsedCounts(table),
    notes,
    series,
  };
}

/** What becomes of a file that is refused as a whole. */
export function refusedUpload(table: ReadTable, refusal: string, closeOnly: boolean): ParsedUpload {
  return {
    refusal,
    intervalMs: null,
    calendar: "continuous",
    closeOnly,
    ...parsedCounts(table),
    notes: [],
    series: [],
  };
}

/** What both kinds of tables say of the rows that were read. */
type ReadTable = { readonly rowCount: number; readonly log: RejectionLog };

/** Rows of a file, and those of them that are not imported. */
export function parsedCounts(
  table: ReadTable,
): Pick<ParsedUpload, "rowCount" | "rejectedCount" | "duplicateCount" | "rejections"> {
  const { rejected, duplicates } = table.log.counts();
  return {
    rowCount: table.rowCount,
    rejectedCount: rejected,
    duplicateCount: duplicates,
    rejections: table.log.list(),
  };
}

function isCloseOnly(table: UploadTable): boolean {
  return table.format.layout === "wide" || table.format.columns.open === null;
}

/** Why a file has no row at all that can be read. */
export function noGoodRow(table: ReadTable): string {
  const [first] = table.log.list();
  if (first === undefined) return "No row of the file can be read";
  return `No row of the file can be read: line ${first.line}: ${first.reason}`;
}

type OrderedRows = { readonly axis: Axis; readonly order: AscendingRows };

function orderRows(table: UploadTable, symbol: string, rows: RowColumns): OrderedRows {
  const times = rows.times();
  const order = ascendingRows(times);
  const described = { duplicate: 0, "out-of-order": 0 };
  for (const fault of order.faults) {
    described[fault.kind] += 1;
    logOrderFault(table, symbol, rows, fault);
  }
  table.log.count(symbol, "duplicates", order.duplicateCount - described.duplicate);
  table.log.count(symbol, "rejected", order.outOfOrderCount - described["out-of-order"]);
  const openTimeMs = picked(times, order.kept);
  return { axis: { symbol, rows, kept: order.kept, openTimeMs }, order };
}

function logOrderFault(
  table: UploadTable,
  symbol: string,
  rows: RowColumns,
  fault: OrderFault,
): void {
  if (fault.kind === "duplicate") {
    logDuplicate(table, symbol, rows, { row: fault.row, firstRow: fault.firstRow, what: "time" });
    return;
  }
  const reason = `time does not follow that of line ${rows.lineOf(fault.previousRow)}`;
  logTimeFault(table, symbol, rows, fault.row, reason);
}

function logDuplicate(
  table: UploadTable,
  symbol: string,
  rows: RowColumns,
  at: { readonly row: number; readonly firstRow: number; readonly what: "time" | "date" },
): void {
  const same = rows.hasSameValues(at.row, at.firstRow) ? "identical to" : "conflicting with";
  const reason = `the ${at.what} stands twice, ${same} line ${rows.lineOf(at.firstRow)}`;
  logTimeFault(table, symbol, rows, at.row, reason, "duplicates");
}

function logTimeFault(
  table: UploadTable,
  symbol: string,
  rows: RowColumns,
  row: number,
  reason: string,
  kind: "rejected" | "duplicates" = "rejected",
): void {
  if (table.log.isFull) {
    table.log.count(symbol, kind, 1);
    return;
  }
  table.log.add(
    { line: rows.lineOf(row), symbol, field: "time", reason, text: rowText(rows, row) },
    kind,
  );
}

/** The row as it was read: the text of the file is gone by the time that rows are compared. */
function rowText(rows: RowColumns, row: number): string {
  const shown = Array.from({ length: Math.min(rows.width, 8) }, (_, i) => rows.value(row, i));
  const values = shown.map((value) => (Number.isNaN(value) ? "" : String(value)));
  return [new Date(rows.times()[row] ?? 0).toISOString(), ...values].join(", ");
}

/** What is left of an open time after whole intervals, as most bars have it. */
function usualPhase(ordered: readonly OrderedRows[], intervalMs: number): number {
  const phases = new Map<number, number>();
  for (const { axis } of ordered) {
    for (const time of axis.openTimeMs) {
      const phase = time % intervalMs;
      phases.set(phase, (phases.get(phase) ?? 0) + 1);
    }
  }
  let usual = 0;
  for (const [phase, count] of phases) if (count > (phases.get(usual) ?? 0)) usual = phase;
  return usual;
}

function onGrid(
  table: UploadTable,
  axis: Axis,
  grid: { readonly intervalMs: number; readonly phaseMs: number },
): Axis {
  const isOnGrid = (time: number) => time % grid.intervalMs === grid.phaseMs;
  if (axis.openTimeMs.every(isOnGrid)) return axis;
  const reason = `time is off the ${intervalLabel(grid.intervalMs)} grid of the other bars`;
  const kept = new Uint32Array(axis.kept.length);
  let count = 0;
  for (const [i, row] of axis.kept.entries()) {
    if (isOnGrid(axis.openTimeMs[i] ?? 0)) kept[count++] = row;
    else logTimeFault(table, axis.symbol, axis.rows, row, reason);
  }
  const rows = kept.slice(0, count);
  return { ...axis, kept: rows, openTimeMs: picked(axis.rows.times(), rows) };
}

/**
 * Daily bars are named by their date, as the clock that wrote them had it: sources stamp one and the same
 * day 00:00, 04:00 or 05:00 UTC, by their zone and its daylight saving.
 */
function byDate(table: UploadTable, axis: Axis): Axis {
  const openTimeMs = new Float64Array(axis.kept.length);
  const kept = new Uint32Array(axis.kept.length);
  let count = 0;
  for (const [i, row] of axis.kept.entries()) {
    const clockMs = (axis.openTimeMs[i] ?? 0) + axis.rows.offsetMinOf(row) * 60_000;
    const dateMs = Math.floor(clockMs / DAY_MS) * DAY_MS;
    if (count > 0 && dateMs <= (openTimeMs[count - 1] ?? 0)) {
      const firstRow = kept[count - 1] ?? 0;
      logDuplicate(table, axis.symbol, axis.rows, { row, firstRow, what: "date" });
      continue;
    }
    openTimeMs[count] = dateMs;
    kept[count] = row;
    count += 1;
  }
  return { ...axis, kept: kept.slice(0, count), openTimeMs: openTimeMs.slice(0, count) };
}

/** What a file has no column for: one array of NaN that all its series share. */
function absentValues(axes: readonly Axis[]): Float64Array {
  return new Float64Array(Math.max(0, ...axes.map(({ kept }) => kept.length))).fill(Number.NaN);
}

type SeriesShape = {
  /** NaN for as many bars as a series has at most. */
  readonly absent: Float64Array;
  readonly intervalMs: number;
};

function seriesOf(table: UploadTable, axis: Axis, shape: SeriesShape): ParsedSeries[] {
  const n = axis.kept.length;
  if (n === 0) return [];
  if (table.format.layout === "wide") return wideSeries(table, axis, shape);
  const { absent, intervalMs } = shape;
  const column = (field: BarField) => {
    const index = table.barFields.indexOf(field);
    return index === -1 ? absent.subarray(0, n) : axis.rows.take(index, axis.kept);
  };
  const { rejected, duplicates } = table.log.counts(axis.symbol);
  return [
    {
      symbol: axis.symbol,
      intervalMs,
      origins: null,
      bars: {
        openTimeMs: axis.openTimeMs,
        open: column("open"),
        high: column("high"),
        low: column("low"),
        close: column("close"),
        volume: column("volume"),
      },
      duplicateCount: duplicates,
      rejectedCount: rejected,
    },
  ];
}

function wideSeries(
  table: UploadTable,
  axis: Axis,
  { absent, intervalMs }: SeriesShape,
): ParsedSeries[] {
  // Faults of a whole line (its time) count for every symbol that the line would have had.
  const ofLines = table.log.counts("");
  return table.wideSymbols.flatMap((symbol, column) => {
    const { openTimeMs, close } = pricedBars(axis, axis.rows.take(column, axis.kept));
    if (close.length === 0) return [];
    const none = absent.subarray(0, close.length);
    return [
      {
        symbol,
        intervalMs,
        origins: null,
        bars: { openTimeMs, open: none, high: none, low: none, close, volume: none },
        duplicateCount: ofLines.duplicates,
        rejectedCount: ofLines.rejected + table.log.counts(symbol).rejected,
      },
    ];
  });
}

/** Bars of one column of a wide file; the columns without a hole share their times. */
function pricedBars(axis: Axis, values: Float64Array): Pick<Bars, "openTimeMs" | "close"> {
  const priced = new Uint32Array(values.length);
  let count = 0;
  for (const [i, value] of values.entries()) if (!Number.isNaN(value)) priced[count++] = i;
  if (count === values.length) return { openTimeMs: axis.openTimeMs, close: values };
  const places = priced.subarray(0, count);
  return { openTimeMs: picked(axis.openTimeMs, places), close: picked(values, places) };
}

function notesOn(ordered: readonly OrderedRows[], axes: readonly Axis[]): string[] {
  const notes: string[] = [];
  if (ordered.some(({ order }) => order.isReversed)) {
    notes.push("The file is newest first; its rows were turned round.");
  }
  const isMoved = axes.some((axis) => {
    const times = axis.rows.times();
    return axis.kept.some((row, i) => times[row] !== axis.openTimeMs[i]);
  });
  if (isMoved) notes.push("Daily bars are named by their date; the time of day was left out.");
  return notes;
}
