import type { BacktestListItem } from "#contracts/backtest.ts";

/** What the list is narrowed to; null: everything. */
export type BacktestFilters = {
  readonly kind: string | null;
  readonly plan: string | null;
  readonly tag: string | null;
  readonly state: string | null;
  /** Started at or after the start of this UTC day, "2026-01-31". */
  readonly since: string | null;
};

export const BACKTEST_FILTER_NAMES = ["kind", "plan", "tag", "state", "since"] as const;

export function backtestState({ job }: Pick<BacktestListItem, "job">): string {
  return job?.state ?? "succeeded";
}

export function filterBacktests(
  items: readonly BacktestListItem[],
  { kind, plan, tag, state, since }: BacktestFilters,
): readonly BacktestListItem[] {
  const sinceMs = since === null ? Number.NaN : Date.parse(`${since}T00:00:00Z`);
  return items.filter(
    (item) =>
      (kind === null || item.strategyKind === kind) &&
      (plan === null || item.planKind === plan) &&
      (tag === null || item.tags.includes(tag)) &&
      (state === null || backtestState(item) === state) &&
      !(item.createdAtMs < sinceMs),
  );
}

/** The values that a filter can take in these backtests, in alphabetical order. */
export function filterChoices(
  items: readonly BacktestListItem[],
  of: (item: BacktestListItem) => readonly string[],
): string[] {
  return [...new Set(items.flatMap(of))].sort();
}
