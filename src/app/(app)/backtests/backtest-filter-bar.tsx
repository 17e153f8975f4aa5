"use client";

import type { BacktestListItem } from "#contracts/backtest.ts";
import { CONTROL_CLASS } from "#ui/field-aria.ts";
import { JOB_STATE_LABEL } from "../../job-links.ts";
import { useUrlState } from "../discover/use-url-state.ts";
import { STRATEGY_KIND_LABELS } from "../strategies/strategy-kind-labels.ts";
import {
  BACKTEST_FILTER_NAMES,
  type BacktestFilters,
  backtestState,
  filterChoices,
} from "./backtest-filters.ts";

const KIND_LABELS: Readonly<Record<string, string>> = STRATEGY_KIND_LABELS;
const LABEL_OF_STATE: Readonly<Record<string, string>> = JOB_STATE_LABEL;
const PLANS: Readonly<Record<string, string>> = {
  single: "Single run",
  "walk-forward": "Walk-forward",
};

/** The filters of a list of backtests, held in its address. */
export function useBacktestFilters(): BacktestFilters {
  const { params } = useUrlState();
  const [kind, plan, tag, state, since] = BACKTEST_FILTER_NAMES.map((name) => params.get(name));
  return {
    kind: kind ?? null,
    plan: plan ?? null,
    tag: tag ?? null,
    state: state ?? null,
    since: since ?? null,
  };
}

/** Choices of kind, plan, tag, state and day, of those that the list has. */
export function BacktestFilterBar(props: {
  items: readonly BacktestListItem[];
  filters: BacktestFilters;
}) {
  const { items, filters } = props;
  const { set } = useUrlState();
  const isFiltered = BACKTEST_FILTER_NAMES.some((name) => filters[name] !== null);
  return (
    <>
      <Choice
        label="Kind"
        value={filters.kind}
        values={filterChoices(items, ({ strategyKind }) => [strategyKind])}
        textOf={(kind) => KIND_LABELS[kind] ?? kind}
        onChange={(kind) => set({ kind })}
      />
      <Choice
        label="Plan"
        value={filters.plan}
        values={filterChoices(items, ({ planKind }) => [planKind])}
        textOf={(plan) => PLANS[plan] ?? plan}
        onChange={(plan) => set({ plan })}
      />
      <Choice
        label="Tag"
        value={filters.tag}
        values={filterChoices(items, ({ tags }) => tags)}
        textOf={(tag) => tag}
        onChange={(tag) => set({ tag })}
      />
      <Choice
        label="State"
        value={filters.state}
        values={filterChoices(items, (item) => [backtestState(item)])}
        textOf={(state) => LABEL_OF_STATE[state] ?? state}
        onChange={(state) => set({ state })}
      />
      <label className="flex items-center gap-1.5 text-xs text-muted">
        Since
        <input
          type="date"
          value={filters.since ?? ""}
          onChange={(event) => set({ since: event.target.value })}
          className={`${CONTROL_CLASS} !h-7 !w-auto !text-xs`}
        />
      </label>
      {isFiltered ? (
        <button
          type="button"
          onClick={() => set(Object.fromEntries(BACKTEST_FILTER_NAMES.map((name) => [name, null])))}
          className="min-h-6 rounded px-1 text-xs text-accent underline"
        >
          Clear filters
        </button>
      ) : null}
    </>
  );
}

/** A choice of one value leaves nothing to choose, unless it is chosen. */
function Choice(props: {
  label: string;
  value: string | null;
  values: readonly string[];
  textOf: (value: string) => string;
  onChange: (value: string) => void;
}) {
  const { label, value, values, textOf, onChange } = props;
  if (values.length < 2 && value === null) return null;
  const all = value === null || values.includes(value) ? values : [...values, value];
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value)}
      className={`${CONTROL_CLASS} !h-7 !w-auto max-w-44 !py-0 !text-xs`}
    >
      <option value="">{label}: all</option>
      {all.map((one) => (
        <option key={one} value={one}>
          {textOf(one)}
        </option>
      ))}
    </select>
  );
}
