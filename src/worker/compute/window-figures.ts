import type { ReportBook } from "#contracts/backtest.ts";
import type { OpenStrategy } from "#quant/strategies/strategy-run.ts";
import type { WalkForwardRun } from "#quant/walk-forward/walk-forward-run.ts";
import { figureNames } from "./strategy-books.ts";

/** Values of figures that a report keeps at most: 64 MB. */
const FIGURE_VALUES_MAX = 8_000_000;

/** Books of a report that windows share, and what their strategies saw in each. */
export type WindowFigures = {
  readonly books: readonly ReportBook[];
  /** One a book of the run, with a value a bar of the whole: NaN where its pair was not traded. */
  readonly figures: readonly Readonly<Record<string, Float64Array>>[];
};

/**
 * Lays what the strategies saw in the windows on the axis of the whole: a pair that several windows traded has
 * one line, with each window's own fit in its own bars. Where that is too much, the pairs with the most
 * trades have theirs.
 *
 * @param walk traded with its figures
 * @param report books of the report, and which of them each book of the run is
 * @param strategy open, for the names of its figures
 */
export function windowFigures(
  walk: WalkForwardRun,
  report: { readonly books: readonly ReportBook[]; readonly bookOf: readonly number[] },
  strategy: Pick<OpenStrategy, "figures">,
): WindowFigures {
  const { run, windows } = walk;
  const names = figureNames(strategy.figures);
  const bars = run.openTimeMs.length;
  const kept = keptBooks(walk, report, Math.floor(FIGURE_VALUES_MAX / (bars * names.length)));
  const lines = new Map(
    [...kept].map((book) => [
      book,
      Object.fromEntries(names.map((name) => [name, new Float64Array(bars).fill(Number.NaN)])),
    ]),
  );
  const figures: Readonly<Record<string, Float64Array>>[] = report.bookOf.map(
    (book) => lines.get(book) ?? {},
  );
  for (const { window, firstBook, figures: seen } of windows) {
    for (const [place, values] of seen.entries()) {
      const own = figures[firstBook + place] ?? {};
      for (const [name, line] of Object.entries(own)) {
        const part = values[name];
        if (part !== undefined) line.set(part, window.tradingFrom);
      }
    }
  }
  const told = names.map((name) => ({
    name,
    label: strategy.figures[name]?.label ?? name,
    axis: strategy.figures[name]?.axis ?? "",
  }));
  return {
    books: report.books.map((book, place) => (kept.has(place) ? { ...book, figures: told } : book)),
    figures,
  };
}

/** Books of the report with the most trades, as many as there is room for. */
function keptBooks(
  { run }: WalkForwardRun,
  { books, bookOf }: { readonly books: readonly ReportBook[]; readonly bookOf: readonly number[] },
  countMax: number,
): ReadonlySet<number> {
  const trades = books.map(() => 0);
  for (const { book } of run.trades) {
    const place = bookOf[book];
    if (place !== undefined) trades[place] = (trades[place] ?? 0) + 1;
  }
  const traded = new Set(bookOf);
  const places = [...books.keys()].filter((place) => traded.has(place));
  places.sort((a, b) => (trades[b] ?? 0) - (trades[a] ?? 0) || a - b);
  return new Set(places.slice(0, countMax));
}
