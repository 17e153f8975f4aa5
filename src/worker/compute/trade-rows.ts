import type { TradeLeg, TradeRow } from "#contracts/backtest.ts";
import type { EventTrade, EventTradeLeg } from "#quant/backtest/event-trade.ts";
import type { RunToMeasure } from "./measured-run.ts";

/** Round trips as a report has them. */
export function tradeRows({ reported, books, bookOf }: RunToMeasure): TradeRow[] {
  const { run } = reported;
  return run.trades.map((trade) => {
    const book = bookOf[trade.book] ?? 0;
    const columns = (books[book]?.figures ?? []).map(({ name }) => run.figures[trade.book]?.[name]);
    return tradeRow(trade, {
      book,
      timeOf: (bar) => run.openTimeMs[bar] ?? 0,
      figuresAt: (bar) => columns.map((values) => known(values?.[bar])),
    });
  });
}

function tradeRow(
  trade: EventTrade,
  of: {
    readonly book: number;
    readonly timeOf: (bar: number) => number;
    /** What the strategy knew at the close of a bar, its leading figure first. */
    readonly figuresAt: (bar: number) => (number | null)[];
  },
): TradeRow {
  const hasExitSignal = !ENGINE_EXITS.has(trade.exitReason);
  const entry = of.figuresAt(trade.entrySignalBar);
  const exit = hasExitSignal ? of.figuresAt(trade.exitSignalBar) : null;
  return {
    book: of.book,
    side: trade.side,
    hedgeRatio: trade.hedgeRatio,
    entrySignalMs: of.timeOf(trade.entrySignalBar),
    entryMs: of.timeOf(trade.entryFillBar),
    exitSignalMs: hasExitSignal ? of.timeOf(trade.exitSignalBar) : null,
    exitMs: of.timeOf(trade.exitFillBar),
    entryFigure: entry[0] ?? null,
    exitFigure: exit?.[0] ?? null,
    ...(entry.length === 0 ? {} : { signals: { entry, exit } }),
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
