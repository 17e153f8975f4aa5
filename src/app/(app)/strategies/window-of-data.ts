import { commonSpan } from "#app/(app)/discover/data-span.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { formatDateUtc } from "#ui/format.ts";

/** What is wrong with a date of a strategy, given the prices that there are. */
export type WindowProblem = {
  readonly path: "formation.startMs" | "formation.endMs" | "trading.startMs" | "trading.endMs";
  readonly message: string;
};

/** Dates of a strategy that lie where its legs have no prices. */
export function windowProblems(
  config: Pick<
    StrategyConfig,
    "instrumentY" | "instrumentX" | "intervalMs" | "formation" | "trading"
  >,
  series: readonly SeriesCoverage[],
): WindowProblem[] {
  const legs = series.filter(
    ({ instrumentId, intervalMs }) =>
      intervalMs === config.intervalMs &&
      (instrumentId === config.instrumentY || instrumentId === config.instrumentX),
  );
  if (legs.length < 2) return [];
  const names = legs.map(({ symbol }) => symbol).join(" and ");
  const span = commonSpan(legs, config.intervalMs);
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

const DAY_MS = 86_400_000;

function nextMidnight(ms: number): number {
  return Math.ceil(ms / DAY_MS) * DAY_MS;
}
