import {
  noGoodRow,
  type ParsedSeries,
  type ParsedUpload,
  parsedCounts,
  refusedUpload,
} from "./parsed-upload.ts";
import { picked, type RowColumns } from "./row-columns.ts";
import { tradeBars } from "./trade-bars.ts";
import { type RepeatedTrade, type TradeOrder, tradeOrder } from "./trade-order.ts";
import { TRADE_VALUES, type TradeTable } from "./trade-table.ts";

/**
 * Makes bars of the trades of a file: puts the trades in order of time, leaves out those that stand twice,
 * and builds the bars of each interval that was asked for.
 */
export function parsedTrades(table: TradeTable): ParsedUpload {
  const refuse = (refusal: string) => refusedUpload(table, refusal, false);
  if (table.refusal !== null) return refuse(table.refusal);
  if (table.rowCount === 0) return refuse("The file has a header but no rows");
  if (table.rows.size === 0) return refuse(noGoodRow(table));
  const series: ParsedSeries[] = [];
  let wasInOrder = true;
  for (const [symbol, rows] of table.rows) {
    const order = orderTrades(table, symbol, rows);
    wasInOrder &&= order.wasInOrder;
    series.push(...seriesOf(table, symbol, rows, order));
  }
  return {
    refusal: null,
    intervalMs: null,
    calendar: "continuous",
    closeOnly: false,
    ...parsedCounts(table),
    notes: notesOn(table, wasInOrder),
    series,
  };
}

function orderTrades(table: TradeTable, symbol: string, rows: RowColumns): TradeOrder {
  const identity = rows.values(TRADE_VALUES.identity);
  const order = tradeOrder(
    rows.times(),
    table.hasIds
      ? { kind: "id", id: identity }
      : {
          kind: "values",
          values: [rows.values(TRADE_VALUES.price), rows.values(TRADE_VALUES.quantity), identity],
        },
  );
  let described = 0;
  for (const repeat of order.repeated) {
    if (table.log.isFull) break;
    logRepeat(table, symbol, rows, repeat);
    described += 1;
  }
  table.log.count(symbol, "duplicates", order.repeatedCount - described);
  return order;
}

function logRepeat(
  table: TradeTable,
  symbol: string,
  rows: RowColumns,
  { row, firstRow }: RepeatedTrade,
): void {
  const line = rows.lineOf(firstRow);
  const isSame = rows.times()[row] === rows.times()[firstRow] && rows.hasSameValues(row, firstRow);
  const what = table.hasIds ? "the trade's id" : "the trade";
  table.log.add(
    {
      line: rows.lineOf(row),
      symbol,
      field: table.hasIds ? "id" : "row",
      reason: `${what} stands twice, ${isSame ? "identical to" : "conflicting with"} line ${line}`,
      text: tradeText(table, rows, row),
    },
    "duplicates",
  );
}

/** The trade as it was read: the text of the file is gone by the time that rows are compared. */
function tradeText(table: TradeTable, rows: RowColumns, row: number): string {
  const values = [rows.value(row, TRADE_VALUES.price), rows.value(row, TRADE_VALUES.quantity)];
  if (table.hasIds) values.push(rows.value(row, TRADE_VALUES.identity));
  return [new Date(rows.times()[row] ?? 0).toISOString(), ...values].join(", ");
}

function seriesOf(
  table: TradeTable,
  symbol: string,
  rows: RowColumns,
  order: TradeOrder,
): ParsedSeries[] {
  const ordered = (values: Float64Array) =>
    order.wasInOrder && order.repeatedCount === 0 ? values : picked(values, order.kept);
  const trades = {
    timeMs: ordered(rows.times()),
    price: ordered(rows.values(TRADE_VALUES.price)),
    quantity: ordered(rows.values(TRADE_VALUES.quantity)),
    id: table.hasIds ? ordered(rows.values(TRADE_VALUES.identity)) : null,
  };
  const { rejected, duplicates } = table.log.counts(symbol);
  return tradeBars(trades, table.format.intervalsMs).map(({ intervalMs, bars, origins }) => ({
    symbol,
    intervalMs,
    bars,
    origins,
    duplicateCount: duplicates,
    rejectedCount: rejected,
  }));
}

function notesOn(table: TradeTable, wasInOrder: boolean): string[] {
  const notes = [
    "A time without a trade has no bar. The first and the last bar of each symbol may lack trades that the file does not have: they are marked as partial.",
  ];
  if (!wasInOrder) notes.unshift("The trades were put in order of time.");
  if (!table.hasIds) {
    notes.push("Trades have no ids here: those that are equal in every column were taken for one.");
  }
  return notes;
}
