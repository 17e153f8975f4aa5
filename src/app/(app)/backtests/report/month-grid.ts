import type { ReportAnalysis } from "#contracts/report-view.ts";

type MonthReturn = ReportAnalysis["months"][number];

export type MonthYear = {
  readonly year: number;
  /** January first; null where the run has no such month. */
  readonly months: readonly (MonthReturn | null)[];
  /** Compounded over the months that are there. */
  readonly total: number;
};

/** Monthly returns by year, oldest year first. */
export function monthGrid(months: readonly MonthReturn[]): MonthYear[] {
  const years = [...new Set(months.map(({ year }) => year))].sort((a, b) => a - b);
  return years.map((year) => {
    const ofYear = months.filter((month) => month.year === year);
    return {
      year,
      months: Array.from(
        { length: 12 },
        (_, index) => ofYear.find(({ month }) => month === index + 1) ?? null,
      ),
      total: ofYear.reduce((growth, { return: one }) => growth * (1 + one), 1) - 1,
    };
  });
}

/** How strongly a cell is coloured, 0..1, against the largest month. */
export function heatOf(value: number, months: readonly MonthReturn[]): number {
  const largest = months.reduce((max, one) => Math.max(max, Math.abs(one.return)), 0);
  return largest === 0 ? 0 : Math.min(1, Math.abs(value) / largest);
}
