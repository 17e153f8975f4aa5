import type { TimestampUnit, TradeFileFormat } from "#contracts/upload.ts";
import { detectInterval } from "./bar-interval.ts";
import { cellsOf, isNumberColumn, isTextColumn } from "./column-cells.ts";
import { columnByName, columnBySpelling } from "./column-names.ts";
import { detectTimestampUnit } from "./detect-timestamp-unit.ts";
import { parseTime } from "./parse-time.ts";

/** What a file of trades looks like, as far as its first rows say. */
export type TradeLayout = Pick<TradeFileFormat, "timestampUnit" | "columns">;

/** Spellings, best first, as column-names.ts has them. The time of the trade, not of its message. */
const TIME = [
  ...["transacttime", "tradetime", "tradetimems", "tradems", "tradetimestamp", "executedat"],
  ...["time", "timestamp", "timestampms", "ts", "datetime", "timeutc", "date", "unixtime", "unix"],
  ...["eventtime", "eventms"],
];
const PRICE = ["price", "tradeprice", "px", "executionprice", "lastprice"];
const QUANTITY = ["quantity", "qty", "size", "tradeqty", "lastqty", "lastsize", "amount"];
/** Names that bars have too. */
const VOLUME = ["volume", "vol", "basevolume"];
const ID = ["aggtradeid", "tradeid", "id", "tid", "matchid"];
/** What only a trade has. */
const MARK = [
  ...["isbuyermaker", "buyerismaker", "side", "takerside", "aggressorside", "isbestmatch"],
  ...["firsttradeid", "lasttradeid"],
];
const BAR = ["open", "high", "low", "close", "adjclose", "closeprice"];

/** Bars shorter than this are hardly ever stored under the name of a quantity. */
const BAR_MS_MIN = 60_000;

/** Rows from which times tell a grid from chance, and the share of repeated times that bars may have. */
const ROWS_MIN = 3;
const REPEATED_SHARE_MAX = 0.1;

/**
 * Columns of a file of trades: a price and a quantity a row, and either something that only trades have
 * (an id, a side) or times that are on no grid of bars.
 *
 * @param header null when the file has none
 * @returns null when the file looks like anything else
 */
export function detectTrades(
  header: readonly string[] | null,
  body: readonly string[][],
): TradeLayout | null {
  return header === null ? tradesByPosition(body) : tradesByNames(header, body);
}

function tradesByNames(header: readonly string[], body: readonly string[][]): TradeLayout | null {
  const price = columnBySpelling(header, PRICE);
  const named = columnBySpelling(header, QUANTITY);
  const quantity = named ?? columnBySpelling(header, VOLUME);
  const isOfBars = columnBySpelling(header, BAR) !== null;
  const time = timeColumn(header, body);
  if (price === null || quantity === null || time === null || isOfBars) return null;
  if (!isNumberColumn(body, price) || !isNumberColumn(body, quantity)) return null;
  const id = columnBySpelling(header, ID);
  const symbol = columnByName(header, "symbol");
  const layout = {
    timestampUnit: time.unit,
    columns: { time: time.index, symbol, price, quantity, id: wholeNumbers(body, id) },
  };
  const hasMark = id !== null || columnBySpelling(header, MARK) !== null;
  return hasMark || isOffGrid(layout, body, named === null ? 0 : BAR_MS_MIN) ? layout : null;
}

type TimeColumn = { readonly index: number; readonly unit: TimestampUnit };

function timeColumn(header: readonly string[], body: readonly string[][]): TimeColumn | null {
  for (const spelling of TIME) {
    const index = columnBySpelling(header, [spelling]);
    const unit = index === null ? null : detectTimestampUnit(cellsOf(body, index));
    if (index !== null && unit !== null) return { index, unit };
  }
  return null;
}

/** Ids that are no whole numbers, such as UUIDs, cannot say which trade came first. */
function wholeNumbers(body: readonly string[][], index: number | null): number | null {
  if (index === null) return null;
  const isWhole = (cell: string) => /^\d+$/.test(cell) && Number.isSafeInteger(Number(cell));
  return cellsOf(body, index).every(isWhole) ? index : null;
}

/**
 * Files without names: those that Binance publishes ([id, price, quantity, …, time, true or false]), or
 * [symbol,] time, price, quantity at times on no grid.
 */
function tradesByPosition(body: readonly string[][]): TradeLayout | null {
  const width = body[0]?.length ?? 0;
  const indexes = Array.from({ length: width }, (_, index) => index);
  const flag = indexes.find((index) => isFlagColumn(body, index));
  if (flag !== undefined && wholeNumbers(body, 0) !== null) {
    const time = timeAmong(body, indexes.slice(3, flag));
    if (time === null || !isNumberColumn(body, 1) || !isNumberColumn(body, 2)) return null;
    const columns = { time: time.index, symbol: null, price: 1, quantity: 2, id: 0 };
    return { timestampUnit: time.unit, columns };
  }
  const time = timeAmong(body, indexes);
  if (time === null) return null;
  const numbers = indexes.filter((index) => index > time.index && isNumberColumn(body, index));
  const [price, quantity, another] = numbers;
  if (price === undefined || quantity === undefined || another !== undefined) return null;
  const symbol = indexes.find((index) => index !== time.index && isTextColumn(body, index)) ?? null;
  const columns = { time: time.index, symbol, price, quantity, id: null };
  const layout = { timestampUnit: time.unit, columns };
  return isOffGrid(layout, body, 0) ? layout : null;
}

function isFlagColumn(body: readonly string[][], index: number): boolean {
  return cellsOf(body, index).every((cell) => /^(?:true|false)$/i.test(cell));
}

/** The first column of times that are no small numbers: an id of ten digits looks like seconds. */
function timeAmong(body: readonly string[][], indexes: readonly number[]): TimeColumn | null {
  for (const index of indexes) {
    const unit = detectTimestampUnit(cellsOf(body, index));
    if (unit !== null && unit !== "s") return { index, unit };
  }
  return null;
}

/** Whether times are such as trades have: many at once, or at no interval that bars have. */
function isOffGrid(layout: TradeLayout, body: readonly string[][], barMsMin: number): boolean {
  const { columns, timestampUnit } = layout;
  if (timestampUnit === "date" || body.length < ROWS_MIN) return false;
  const bySymbol = Map.groupBy(body, (cells) => cells[columns.symbol ?? -1] ?? "");
  let repeated = 0;
  const axes: Float64Array[] = [];
  for (const rows of bySymbol.values()) {
    const times = cellsOf(rows, columns.time).flatMap(
      (cell) => parseTime(cell, timestampUnit)?.utcMs ?? [],
    );
    const axis = Float64Array.from(new Set(times)).sort();
    repeated += times.length - axis.length;
    axes.push(axis);
  }
  if (repeated > REPEATED_SHARE_MAX * body.length) return true;
  const interval = detectInterval(axes);
  return interval.kind === "refused" || interval.intervalMs < barMsMin;
}
