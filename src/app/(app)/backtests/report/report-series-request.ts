import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportResult } from "#contracts/report-view.ts";
import { reportColumns } from "#ui/charts/report-panes.ts";
import type { ReportSource } from "./report-source.ts";
import { shownBenchmarks, usualBenchmark } from "./shown-benchmarks.ts";
import { shownBook } from "./shown-book.ts";

/** One point a pixel of a wide screen; the server thins what is more. */
const POINTS = 2_000;

/** Under which the page keeps a series; the server prefetches under the same. */
export function reportSeriesKey(
  source: ReportSource,
  columns: readonly string[],
  window: TimeWindow | null,
) {
  return ["report-series", source, columns, window] as const;
}

/** What is asked of the server, besides whose report it is. No window: the whole run. */
export function reportSeriesRequest(columns: readonly string[], window: TimeWindow | null) {
  return { points: POINTS, columns: [...columns], ...(window === null ? {} : { window }) };
}

/** What an address says of the charts: see BacktestReportPage. */
export type ReportAddress = {
  readonly book: string | null;
  readonly instrument: string | null;
  readonly trade: string | null;
  readonly bench: string | null;
};

/** The columns that the charts of a report draw at an address. */
export function shownColumns(
  report: Pick<ReportResult, "books" | "trades" | "analysis">,
  address: ReportAddress,
): string[] {
  const shown = shownBook(report, address);
  const all = report.analysis?.benchmarks ?? [];
  const places = shownBenchmarks(address.bench, all.length, usualBenchmark(all));
  return reportColumns({
    benchmarks: places.flatMap((place) => {
      const benchmark = all[place];
      return benchmark === undefined ? [] : [{ place, label: benchmark.label }];
    }),
    book: report.books[shown.place] ?? null,
    bookPlace: shown.place,
    shownInstruments: shown.instruments,
  });
}
