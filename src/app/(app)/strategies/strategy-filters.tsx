"use client";

import type { StrategyView } from "#contracts/strategy.ts";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { STRATEGY_KIND_LABELS } from "./strategy-kind-labels.ts";

/** Which strategies are listed; null: all. */
export type StrategyFilter = {
  readonly kind: string | null;
  readonly tag: string | null;
  /** Those in the archive instead of the others. */
  readonly archived: boolean;
};

/** Strategies whose newest version is of the kind, and that have the tag. */
export function filterStrategies(
  strategies: readonly StrategyView[],
  { kind, tag, archived }: StrategyFilter,
): StrategyView[] {
  return strategies.filter(
    (strategy) =>
      strategy.archived === archived &&
      (kind === null || strategy.versions[0]?.config.kind === kind) &&
      (tag === null || strategy.tags.includes(tag)),
  );
}

/** Filters that stand in the address; only what some strategy has can be chosen. */
export function StrategyFilters(props: {
  strategies: readonly StrategyView[];
  filter: StrategyFilter;
  onChange: (changes: Readonly<Record<string, string | null>>) => void;
}) {
  const { strategies, filter, onChange } = props;
  const kinds = new Set(strategies.map(({ versions: [newest] }) => newest?.config.kind));
  const tags = [...new Set(strategies.flatMap((strategy) => strategy.tags))].toSorted();
  const archivedCount = strategies.filter(({ archived }) => archived).length;
  // One kind, no tags, nothing archived: nothing to choose between.
  if (kinds.size < 2 && tags.length === 0 && archivedCount === 0 && !filter.archived) return null;
  return (
    <div className="flex flex-wrap items-end gap-4 border-b border-line px-4 py-3">
      <SelectField
        label="Kind"
        className="w-full sm:w-60"
        value={filter.kind ?? ""}
        onChange={({ target }) => onChange({ kind: target.value })}
        options={[
          { value: "", label: "All kinds" },
          ...Object.entries(STRATEGY_KIND_LABELS)
            .filter(([kind]) => [...kinds].some((known) => known === kind))
            .map(([value, label]) => ({ value, label })),
        ]}
      />
      {tags.length === 0 ? null : (
        <SelectField
          label="Tag"
          className="w-full sm:w-44"
          value={filter.tag ?? ""}
          onChange={({ target }) => onChange({ tag: target.value })}
          options={[
            { value: "", label: "All tags" },
            ...tags.map((tag) => ({ value: tag, label: tag })),
          ]}
        />
      )}
      <CheckboxField
        className="pb-1.5"
        label={`Archive (${archivedCount})`}
        checked={filter.archived}
        onChange={({ target }) => onChange({ archived: target.checked ? "1" : null })}
      />
    </div>
  );
}
