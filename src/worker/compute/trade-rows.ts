import type { TradeLeg, TradeRow } from "#contracts/backtest.ts";
import type { EventTrade, EventTradeLeg } from "#quant/backtest/event-trade.ts";
import type { RunToMeasure } from "./measured-run.ts";

/** Round trips as a report has them. */
export function tradeRows({ reported, books, bookOf }: RunToMeasure): TradeRow[] {
  const { run } = reported;
  return run.trades.map((trade) => {
    const book = bookOf[trade.book] ?? 0;
    const leading = books[book]?.figures[0]?.name;
    const figures = leading === undefined ? undefined : run.figures[trade.book]?.[leading];
    return tradeRow(trade, {
      book,
      timeOf: (bar) => run.openTimeMs[bar] ?? 0,
      figureAt: (bar) => known(figures?.[bar]),
    });
  });
}

function tradeRow(
  trade: EventTrade,
  of: {
    readonly book: number;
    readonly timeOf: (bar: number) => number;
    readonly figureAt: (bar: number) => number | null;
  },
): TradeRow {
  const hasExitSignal = !ENGINE_EXITS.has(trade.exitReason);
  return {
    book: of.book,
    side: trade.side,
    hedgeRatio: trade.hedgeRatio,
    entrySignalMs: of.timeOf(trade.entrySignalBar),
    entryMs: of.timeOf(trade.entryFillBar),
    exitSignalMs: hasExitSignal ? of.timeOf(trade.exitSignalBar) : null,
    exitMs: of.timeOf(trade.exitFillBar),
    entryFigure: of.figureAt(trade.entrySignalBar),
    exitFigure: hasExitSignal ? of.figureAt(trade.exitSignalBar) : null,
    legs: trade.legs.map(tradeLeg),
    netPnl: trade.netPnl,
    barsHeld: trade.exitFillBar - trade.entryFillBar,
    exitReason: trade.exitReason,
  };
}

/** Exits that no strategy asked for. */
const ENGINE_EXITS: ReadonlySet<string> = new Set([
  "protective-stop",
  "protective-limit",
  "liquidation",
  "delisted",
  "ruin",
  "end",
]);

function tradeLeg(leg: EventTradeLeg): TradeLeg {
  const { tradedNotional: _, entryPrice, exitPrice, ...money } = leg;
  return { ...money, entryPrice: known(entryPrice), exitPrice: known(exitPrice) };
}

function known(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
