import type { LegSums, ReportResult, ReportTrade } from "#contracts/report-view.ts";
import { Badge } from "#ui/badge.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatAligned, formatInteger, formatMoney } from "#ui/format.ts";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Time } from "#ui/time.tsx";
import { EXIT_WORDS } from "./report-words.ts";

/**
 * A trade with its number in order of entry, the names of what it traded, and the initial equity with the
 * profits of all trades that were closed by its exit, itself included.
 */
export type NumberedTrade = ReportTrade & {
  readonly number: number;
  readonly subject: string;
  readonly equityAfter: number;
};

export function numberedTrades({
  trades,
  instruments,
  initialEquity,
}: Pick<ReportResult, "trades" | "instruments" | "initialEquity">): NumberedTrade[] {
  const equityAfter = new Map<ReportTrade, number>();
  let equity = initialEquity;
  // Of those that close on the same bar the later entry comes after the earlier.
  for (const trade of trades.toSorted((a, b) => a.exitMs - b.exitMs)) {
    equity += trade.netPnl;
    equityAfter.set(trade, equity);
  }
  return trades.map((trade, index) => ({
    ...trade,
    number: index + 1,
    equityAfter: equityAfter.get(trade) ?? initialEquity,
    subject: trade.legs.map(({ instrument }) => instruments[instrument]?.symbol ?? "").join(" / "),
  }));
}

function money(
  field: keyof LegSums,
  header: string,
  rest: Partial<DataColumn<NumberedTrade>> = {},
): DataColumn<NumberedTrade> {
  return {
    id: field,
    header,
    value: (trade) => trade[field],
    format: (value) => formatMoney(value),
    csv: { unit: "quote currency" },
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

function figure(
  id: "entryFigure" | "exitFigure" | "hedgeRatio",
  header: string,
  unit: string | undefined,
  rest: Partial<DataColumn<NumberedTrade>> = {},
): DataColumn<NumberedTrade> {
  return {
    id,
    header,
    unit,
    value: (trade) => trade[id],
    format: (value) => formatAligned(value),
    width: 110,
    ...rest,
  };
}

/** Figures whose course a chart draws and whose value at a signal says little by itself. */
const DRAWN_ONLY: ReadonlySet<string> = new Set(["upper", "lower", "middle", "mean", "hedgeRatio"]);

/** What the strategy knew at its signals besides its leading figure: a spread, a trend and its R², …. */
function signalColumns({
  books,
  trades,
}: Pick<ReportResult, "books" | "trades">): readonly DataColumn<NumberedTrade>[] {
  const figures = books.find((book) => book.figures.length > 0)?.figures ?? [];
  if (!trades.some(({ signals }) => signals !== undefined)) return [];
  return figures.flatMap(({ name, label }, place): DataColumn<NumberedTrade>[] =>
    place === 0
      ? []
      : (["entry", "exit"] as const).map((when) => ({
          id: `${name}-${when}`,
          header: when === "entry" ? "Entry" : "Exit",
          unit: label,
          help: `${label} at the close that gave the signal${when === "exit" ? "; none where the strategy did not ask to leave" : ""}.`,
          value: ({ signals }) => signals?.[when]?.[place] ?? null,
          format: (value) => formatAligned(value),
          hiddenByDefault: DRAWN_ONLY.has(name),
          width: 120,
        })),
  );
}

/** Columns of the trades of a report: those that say nothing in it are left out. */
export function tradeColumns(
  report: Pick<ReportResult, "books" | "trades">,
): readonly DataColumn<NumberedTrade>[] {
  const { books, trades } = report;
  const leading = books.find((book) => book.figures.length > 0)?.figures[0]?.label;
  const isBasket = books.some(({ instruments }) => instruments.length > 2);
  const hasAny = (field: "funding" | "borrow" | "dividends" | "liquidationFee") =>
    trades.some((trade) => trade[field] !== 0);
  const subject: DataColumn<NumberedTrade> = {
    id: "subject",
    header: isBasket ? "Instrument" : "Pair",
    value: (trade) => trade.subject,
    width: 150,
  };
  return [
    {
      id: "number",
      header: "No.",
      value: ({ number }) => number,
      format: formatInteger,
      width: 70,
    },
    ...(books.length > 1 || isBasket ? [subject] : []),
    {
      id: "side",
      header: "Side",
      help: isBasket
        ? "Long is bought, short is sold."
        : "Long: Y is bought and X is sold. Short: the other way round.",
      value: ({ side }) => side,
      cell: ({ side }) => <Badge>{side === "long" ? "↗ Long" : "↘ Short"}</Badge>,
      width: 100,
    },
    moment("entryMs", "Entry"),
    moment("exitMs", "Exit"),
    {
      id: "barsHeld",
      header: "Held",
      unit: "bars",
      value: ({ barsHeld }) => barsHeld,
      format: formatInteger,
      width: 90,
    },
    {
      id: "netPnl",
      header: "Net P&L",
      help: "After all costs, in the quote currency; exactly the sum of the legs.",
      value: ({ netPnl }) => netPnl,
      cell: ({ netPnl }) => <ProfitLoss value={netPnl} />,
      csv: { unit: "quote currency" },
      align: "right",
      width: 120,
    },
    {
      id: "equityAfter",
      header: "Equity after",
      help: "The initial equity with the profits of all trades closed by then; what is still open is not in it.",
      value: ({ equityAfter }) => equityAfter,
      format: (value) => formatMoney(value),
      csv: { unit: "quote currency" },
      width: 120,
    },
    {
      id: "exitReason",
      header: "Closed by",
      value: ({ exitReason }) => EXIT_WORDS[exitReason],
      width: 160,
    },
    ...(leading === undefined
      ? []
      : [figure("entryFigure", "Entry", leading), figure("exitFigure", "Exit", leading)]),
    ...signalColumns(report),
    money("grossPnl", "Gross P&L"),
    money("fees", "Fees", { width: 100 }),
    money("slippageCost", "Slippage", {
      help: "What slippage took; it is in the prices, and so in the P&L, already.",
    }),
    ...(hasAny("funding") ? [money("funding", "Funding")] : []),
    ...(hasAny("borrow") ? [money("borrow", "Borrow")] : []),
    ...(hasAny("dividends") ? [money("dividends", "Dividends")] : []),
    ...(hasAny("liquidationFee") ? [money("liquidationFee", "Liquidation")] : []),
    ...(isBasket
      ? []
      : [figure("hedgeRatio", "Hedge ratio", undefined, { hiddenByDefault: true })]),
  ];
}
