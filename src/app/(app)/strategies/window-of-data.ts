import { commonSpan } from "#app/(app)/discover/data-span.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { formatDateUtc } from "#ui/format.ts";

/** What is wrong with a date of a strategy, given the prices that there are. */
export type WindowProblem = {
  readonly path: "formation.startMs" | "formation.endMs" | "trading.startMs" | "trading.endMs";
  readonly message: string;
};

/** What of a strategy says which prices it needs; NaN where nothing is chosen yet. */
export type PricedStrategy = {
  readonly books: readonly (readonly number[])[];
  readonly intervalMs: number;
  readonly formation: TimeWindow;
  readonly trading: TimeWindow;
};

const NAMES_MAX = 3;

/**
 * Dates of a strategy that lie where its instruments have no prices. Every pair needs both legs; of many
 * instruments each may come and go, so there only dates without any price are refused.
 */
export function windowProblems(
  config: PricedStrategy,
  series: readonly SeriesCoverage[],
): WindowProblem[] {
  for (const book of config.books) {
    const problems = bookProblems(book, config, series);
    if (problems.length > 0) return problems;
  }
  return [];
}

function bookProblems(
  book: readonly number[],
  config: PricedStrategy,
  series: readonly SeriesCoverage[],
): WindowProblem[] {
  const wanted = new Set(book);
  const members = series.filter(
    ({ instrumentId, intervalMs }) => intervalMs === config.intervalMs && wanted.has(instrumentId),
  );
  if (members.length < 2) return [];
  const names = namesOf(members);
  const span = book.length === 2 ? commonSpan(members, config.intervalMs) : wholeSpan(members);
  if (span === null) {
    return [{ path: "trading.startMs", message: `${names} have no prices at the same time` }];
  }
  const { formation, trading } = config;
  const starts = `The prices of ${names} start on ${formatDateUtc(span.startMs)}`;
  const ends = `The prices of ${names} end on ${formatDateUtc(span.endMs - config.intervalMs)}`;
  const problems: WindowProblem[] = [];
  if (formation.endMs <= span.startMs) problems.push({ path: "formation.endMs", message: starts });
  if (formation.startMs >= span.endMs) problems.push({ path: "formation.startMs", message: ends });
  if (trading.startMs >= span.endMs) problems.push({ path: "trading.startMs", message: ends });
  // A day more than the last bar's is how a date field says "until the end".
  if (trading.endMs > nextMidnight(span.endMs)) {
    problems.push({ path: "trading.endMs", message: ends });
  }
  return problems;
}

/** From the first bar of any of them to the last of any. */
function wholeSpan(series: readonly SeriesCoverage[]): TimeWindow {
  return {
    startMs: Math.min(...series.map(({ firstOpenTimeMs }) => firstOpenTimeMs)),
    endMs: Math.max(...series.map(({ lastOpenTimeMs, intervalMs }) => lastOpenTimeMs + intervalMs)),
  };
}

function namesOf(series: readonly SeriesCoverage[]): string {
  const symbols = series.map(({ symbol }) => symbol);
  return symbols.length > NAMES_MAX ? `the ${symbols.length} instruments` : symbols.join(" and ");
}

const DAY_MS = 86_400_000;

function nextMidnight(ms: number): number {
  return Math.ceil(ms / DAY_MS) * DAY_MS;
}
