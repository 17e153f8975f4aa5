import type { TimeWindow } from "#contracts/interval.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { formatDateUtc } from "#ui/format.ts";
import { commonSpan } from "../../discover/data-span.ts";

type Books = readonly (readonly number[])[];

/** Where the groups of a dataset have bars: all of them, and any of them; null where nowhere. */
export type DatasetSpan = { readonly all: TimeWindow | null; readonly any: TimeWindow | null };

/** A group of several legs has bars where every leg has. */
export function datasetSpan(
  books: Books,
  intervalMs: number,
  series: readonly SeriesCoverage[],
): DatasetSpan {
  const spans = books
    .map((book) => spanOfBook(book, intervalMs, series))
    .filter((span) => span !== null);
  if (spans.length === 0) return { all: null, any: null };
  const starts = spans.map(({ startMs }) => startMs);
  const ends = spans.map(({ endMs }) => endMs);
  const [startMs, endMs] = [Math.max(...starts), Math.min(...ends)];
  return {
    all: startMs < endMs ? { startMs, endMs } : null,
    any: { startMs: Math.min(...starts), endMs: Math.max(...ends) },
  };
}

function spanOfBook(
  book: readonly number[],
  intervalMs: number,
  series: readonly SeriesCoverage[],
): TimeWindow | null {
  const legs = series.filter(
    (one) => one.intervalMs === intervalMs && book.includes(one.instrumentId),
  );
  return legs.length < book.length ? null : commonSpan(legs, intervalMs);
}

/** Everything that the chosen instruments have; null while none has bars. */
export function wholeWindow({ all, any }: DatasetSpan): TimeWindow | null {
  return all ?? any;
}

/** Share of the bars that a dataset takes unless told otherwise. */
const LEARNED_SHARE = 0.7;

/**
 * The span that the chosen instruments suggest; null while none has bars. It leaves the last bars out: what
 * a model has learned from no backtest behind it may trade.
 */
export function suggestedWindow(span: DatasetSpan, intervalMs: number): TimeWindow | null {
  const whole = wholeWindow(span);
  if (whole === null) return null;
  const bars = (whole.endMs - whole.startMs) / intervalMs;
  const learned = Math.max(1, Math.floor(LEARNED_SHARE * bars));
  return { startMs: whole.startMs, endMs: whole.startMs + learned * intervalMs };
}

/** A date of a dataset that lies where one of its groups has no prices. */
export type SpanProblem = { readonly path: "startMs" | "endMs"; readonly message: string };

/** Dates that leave a group without a single bar; the first such group is told. */
export function spanProblems(
  books: Books,
  { intervalMs, window }: { readonly intervalMs: number; readonly window: TimeWindow },
  series: readonly SeriesCoverage[],
): SpanProblem[] {
  for (const book of books) {
    const known = series.filter(
      (one) => one.intervalMs === intervalMs && book.includes(one.instrumentId),
    );
    if (known.length < book.length) continue;
    const names = known.map(({ symbol }) => symbol).join(" and ");
    const span = commonSpan(known, intervalMs);
    if (span === null) {
      return [{ path: "startMs", message: `${names} have no prices at the same time` }];
    }
    if (window.endMs <= span.startMs) {
      const message = `The prices of ${names} start on ${formatDateUtc(span.startMs)}`;
      return [{ path: "endMs", message }];
    }
    if (window.startMs >= span.endMs) {
      const message = `The prices of ${names} end on ${formatDateUtc(span.endMs - intervalMs)}`;
      return [{ path: "startMs", message }];
    }
  }
  return [];
}
