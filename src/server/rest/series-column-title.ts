import type { BacktestReport } from "#contracts/backtest.ts";
import { subjectOf } from "#contracts/books-subject.ts";

const TITLES: Readonly<Record<string, string>> = {
  drawdown: "drawdown (fraction)",
  grossExposure: "gross exposure (multiple of equity)",
  netExposure: "net exposure (multiple of equity)",
  rollingSharpe: "rolling Sharpe ratio",
};

/**
 * Name of a column of a report's series in a table, from its name in storage (see BacktestSeries).
 *
 * @param report whose series it is
 */
export function seriesColumnTitle(
  { instruments, books, analysis }: Pick<BacktestReport, "instruments" | "books" | "analysis">,
  name: string,
): string {
  const [kind = name, place] = name.split(".");
  if (place === undefined) return TITLES[name] ?? name;
  const index = Number(place);
  if (kind === "close") return `close: ${instruments[index]?.symbol ?? place}`;
  if (kind === "benchmark") return `benchmark: ${analysis?.benchmarks[index]?.label ?? place}`;
  const book = books[index];
  const label = book?.figures.find((figure) => figure.name === kind)?.label ?? kind;
  if (book === undefined || books.length === 1) return label;
  const legs = book.instruments.map((instrument) => ({
    symbol: instruments[instrument]?.symbol ?? `#${instrument}`,
  }));
  return `${label}: ${subjectOf([legs])}`;
}
