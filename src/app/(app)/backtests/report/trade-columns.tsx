import type { ReportTrade } from "#contracts/report-view.ts";
import { Badge } from "#ui/badge.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatAligned, formatInteger, formatMoney } from "#ui/format.ts";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Time } from "#ui/time.tsx";
import { EXIT_WORDS } from "./report-words.ts";

/** A trade with its number in order of entry. */
export type NumberedTrade = ReportTrade & { readonly number: number };

export function numberedTrades(trades: readonly ReportTrade[]): NumberedTrade[] {
  return trades.map((trade, index) => ({ ...trade, number: index + 1 }));
}

type NumericField = {
  [Key in keyof ReportTrade]: ReportTrade[Key] extends number | null ? Key : never;
}[keyof ReportTrade];

function numeric(
  id: NumericField,
  header: string,
  rest: Partial<DataColumn<NumberedTrade>> = {},
): DataColumn<NumberedTrade> {
  return {
    id,
    header,
    value: (trade) => trade[id],
    format: (value) => formatAligned(value),
    width: 110,
    ...rest,
  };
}

function moment(id: "entryMs" | "exitMs", header: string): DataColumn<NumberedTrade> {
  return {
    id,
    header,
    value: (trade) => trade[id],
    cell: (trade) => <Time ms={trade[id]} />,
    csv: csvTime((trade) => trade[id]),
    align: "right",
    width: 150,
  };
}

const MONEY = {
  format: (value: number) => formatMoney(value),
  csv: { unit: "quote currency" },
};
const HIDDEN = { hiddenByDefault: true };

const TRADE_COLUMNS: readonly DataColumn<NumberedTrade>[] = [
  {
    id: "number",
    header: "No.",
    value: ({ number }) => number,
    format: formatInteger,
    width: 70,
  },
  {
    id: "side",
    header: "Spread",
    help: "Long: Y is bought and X is sold. Short: the other way round.",
    value: ({ side }) => side,
    cell: ({ side }) => <Badge>{side === "long" ? "↗ Long" : "↘ Short"}</Badge>,
    width: 100,
  },
  moment("entryMs", "Entry"),
  moment("exitMs", "Exit"),
  numeric("barsHeld", "Held", { unit: "bars", format: formatInteger, width: 90 }),
  {
    id: "netPnl",
    header: "Net P&L",
    help: "After fees and slippage, in the quote currency.",
    value: ({ netPnl }) => netPnl,
    cell: ({ netPnl }) => <ProfitLoss value={netPnl} />,
    csv: { unit: "quote currency" },
    align: "right",
    width: 120,
  },
  {
    id: "exitReason",
    header: "Closed by",
    value: ({ exitReason }) => EXIT_WORDS[exitReason],
    width: 150,
  },
  numeric("entryZScore", "Entry", { unit: "z-score" }),
  numeric("exitZScore", "Exit", { unit: "z-score" }),
  numeric("pnlY", "P&L Y", MONEY),
  numeric("pnlX", "P&L X", MONEY),
  {
    id: "fees",
    header: "Fees",
    value: ({ feesY, feesX }) => feesY + feesX,
    ...MONEY,
    width: 100,
  },
  numeric("slippageCost", "Slippage", {
    ...MONEY,
    help: "What slippage took; it is in the prices, and so in the P&L, already.",
  }),
  numeric("quantityY", "Quantity Y", HIDDEN),
  numeric("quantityX", "Quantity X", HIDDEN),
  numeric("entryPriceY", "Entry price Y", HIDDEN),
  numeric("exitPriceY", "Exit price Y", HIDDEN),
  numeric("entryPriceX", "Entry price X", HIDDEN),
  numeric("exitPriceX", "Exit price X", HIDDEN),
];

const QUANTITY_COLUMNS = ["quantityY", "quantityX"];
const COLUMNS_WITHOUT_SIZES = TRADE_COLUMNS.filter(({ id }) => !QUANTITY_COLUMNS.includes(id));

/** Columns of trades; without quantities where a link does not show them. */
export function tradeColumns(trades: readonly ReportTrade[]): readonly DataColumn<NumberedTrade>[] {
  return trades[0]?.quantityY === null ? COLUMNS_WITHOUT_SIZES : TRADE_COLUMNS;
}
