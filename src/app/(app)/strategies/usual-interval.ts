import type { SeriesCoverage } from "#contracts/market-data.ts";

/** The interval that most series have, as a form holds it; "" while there are none. */
export function usualInterval(series: readonly SeriesCoverage[]): string {
  const counts = new Map<number, number>();
  for (const { intervalMs } of series) counts.set(intervalMs, (counts.get(intervalMs) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, first], [, second]) => second - first);
  return most === undefined ? "" : String(most[0]);
}
