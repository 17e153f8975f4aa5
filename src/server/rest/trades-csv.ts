import type { ReportBook } from "#contracts/backtest.ts";
import type { CsvValue } from "#contracts/csv-cell.ts";
import type { FullTrade, ReportLeg, ReportTradeLeg } from "#contracts/report-view.ts";

type Column = (trade: FullTrade) => CsvValue;

const isoTime = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Names are those of the contract, times ISO 8601 UTC. */
const TRADE_COLUMNS: Readonly<Record<string, Column>> = {
  book: (trade) => trade.book,
  side: (trade) => trade.side,
  hedgeRatio: (trade) => trade.hedgeRatio,
  entrySignal: (trade) => isoTime(trade.entrySignalMs),
  entry: (trade) => isoTime(trade.entryMs),
  exitSignal: (trade) => isoTime(trade.exitSignalMs),
  exit: (trade) => isoTime(trade.exitMs),
  entryFigure: (trade) => trade.entryFigure,
  exitFigure: (trade) => trade.exitFigure,
  netPnl: (trade) => trade.netPnl,
  barsHeld: (trade) => trade.barsHeld,
  exitReason: (trade) => trade.exitReason,
};

const LEG_FIGURES = [
  ...(["quantity", "entryPrice", "exitPrice", "grossPnl", "fees", "slippageCost"] as const),
  ...(["funding", "borrow", "dividends", "liquidationFee", "netPnl"] as const),
] satisfies readonly (keyof ReportTradeLeg)[];

/**
 * Columns of the trades export of a report: those of the trade, what the strategy knew at its signals, then
 * those of each leg, of a pair with Y and X after their names.
 *
 * @param books of the report, for the names of what strategies knew
 * @param instruments of the report, for the names of legs
 */
export function tradeColumns(
  trades: readonly FullTrade[],
  instruments: readonly ReportLeg[],
  books: readonly Pick<ReportBook, "figures">[],
): Readonly<Record<string, Column>> {
  const legsMax = trades.reduce((most, { legs }) => Math.max(most, legs.length), 1);
  const columns = { ...TRADE_COLUMNS };
  // A strategy has the same figures in all of its books.
  const figures = books.find((book) => book.figures.length > 0)?.figures ?? [];
  figures.forEach(({ name }, place) => {
    columns[`${name}AtEntry`] = ({ signals }) => signals?.entry[place] ?? null;
    columns[`${name}AtExit`] = ({ signals }) => signals?.exit?.[place] ?? null;
  });
  for (let leg = 0; leg < legsMax; leg++) {
    const suffix = legsMax === 1 ? "Leg" : legsMax === 2 ? "YX".charAt(leg) : `${leg + 1}`;
    columns[`symbol${suffix}`] = ({ legs }) =>
      instruments[legs[leg]?.instrument ?? -1]?.symbol ?? null;
    for (const figure of LEG_FIGURES) {
      columns[`${figure}${suffix}`] = ({ legs }) => legs[leg]?.[figure] ?? null;
    }
  }
  return columns;
}
