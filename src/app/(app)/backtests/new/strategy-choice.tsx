"use client";

import { useMemo } from "react";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { subjectOf } from "#contracts/books-subject.ts";
import type { StrategyVersionView, StrategyView } from "#contracts/strategy.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { CONTROL_CLASS } from "#ui/field-aria.ts";
import { formatSpanUtc } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { STRATEGY_KIND_LABELS } from "../../strategies/strategy-kind-labels.ts";

type Row = { readonly strategy: StrategyView; readonly version: StrategyVersionView };

type Props = {
  strategies: readonly StrategyView[];
  /** Of each strategy by id, the version that would run; others run their newest. */
  versions: ReadonlyMap<string, string>;
  onVersionChange: (strategyId: string, versionId: string) => void;
  chosen: ReadonlySet<string>;
  onChosenChange: (chosen: ReadonlySet<string>) => void;
};

/** The version of a strategy that would run. */
export function versionOf(
  strategy: StrategyView,
  versions: ReadonlyMap<string, string>,
): StrategyVersionView | undefined {
  const id = versions.get(strategy.id);
  return strategy.versions.find((one) => one.id === id) ?? strategy.versions[0];
}

/** Which strategies are run, and which version of each. */
export function StrategyChoice(props: Props) {
  const { strategies, versions, onVersionChange, chosen, onChosenChange } = props;
  // Memoised because the table works everything out anew when its rows or columns are other arrays.
  const rows = useMemo(
    () =>
      strategies.flatMap((strategy): Row[] => {
        const version = versionOf(strategy, versions);
        return version === undefined ? [] : [{ strategy, version }];
      }),
    [strategies, versions],
  );
  const columns = useMemo(() => choiceColumns(onVersionChange), [onVersionChange]);
  return (
    <Panel title="Strategies" lead="Choose one or many; all run with the same plan." flush>
      <DataTable
        ariaLabel="Strategies"
        rowLabel="strategy"
        rowsLabel="strategies"
        columns={columns}
        data={rows}
        getRowId={({ strategy }) => strategy.id}
        filterPlaceholder="Filter by name, symbol or tag"
        selection={{ selected: chosen, onChange: onChosenChange }}
        onRowOpen={({ strategy }) => {
          const next = new Set(chosen);
          if (!next.delete(strategy.id)) next.add(strategy.id);
          onChosenChange(next);
        }}
      />
    </Panel>
  );
}

function choiceColumns(
  onVersionChange: (strategyId: string, versionId: string) => void,
): readonly DataColumn<Row>[] {
  return [
    {
      id: "name",
      header: "Strategy",
      value: ({ strategy }) => strategy.name,
      cell: ({ strategy }) => (
        <span className="inline-flex items-center gap-2 font-medium">
          {strategy.name}
          {strategy.synthetic ? <SyntheticBadge /> : null}
        </span>
      ),
    },
    {
      id: "version",
      header: "Version",
      value: ({ version }) => version.version,
      cell: ({ strategy, version }) =>
        strategy.versions.length === 1 ? (
          `v${version.version}`
        ) : (
          <select
            aria-label={`Version of ${strategy.name}`}
            value={version.id}
            onChange={(event) => onVersionChange(strategy.id, event.target.value)}
            className={`${CONTROL_CLASS} !h-7 !w-auto !py-0 !text-xs`}
          >
            {strategy.versions.map((one) => (
              <option key={one.id} value={one.id}>
                v{one.version}
              </option>
            ))}
          </select>
        ),
    },
    {
      id: "kind",
      header: "Kind",
      value: ({ version }) => STRATEGY_KIND_LABELS[version.config.kind],
    },
    { id: "subject", header: "Traded", value: ({ version }) => subjectOf(version.books) },
    {
      id: "interval",
      header: "Bars",
      value: ({ version }) => intervalLabel(version.config.intervalMs),
    },
    {
      id: "span",
      header: "Trades",
      value: ({ version }) => formatSpanUtc(version.config.trading),
    },
    {
      id: "tags",
      header: "Tags",
      value: ({ strategy }) => strategy.tags.join(", "),
      cell: ({ strategy }) => (
        <span className="inline-flex gap-1">
          {strategy.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ),
    },
  ];
}
