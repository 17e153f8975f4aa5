"use client";

import { useMemo } from "react";
import type { RunGroup, RunResult } from "#contracts/learning-run.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger, formatSigned } from "#ui/format.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useTableView } from "../../../use-table-view.ts";
import { scoreDefinition } from "../../score-definitions.ts";
import { VerdictBadge } from "../../verdict-badge.tsx";
import { differenceText, verdictWords } from "../../verdict-words.ts";
import { modelNames } from "../model-names.ts";
import { scoreColumns } from "../run-scores.ts";
import { secondsText } from "../run-settings.ts";
import { ModelName } from "./model-name.tsx";
import type { RunResultProps } from "./run-result.tsx";

type Props = RunResultProps & {
  group: RunGroup;
  /** The model whose details are shown. */
  model: string | null;
  onGroup: (group: string) => void;
  onModel: (model: string) => void;
};

type Row = {
  readonly key: string;
  readonly name: string;
  readonly isBaseline: boolean;
  readonly result: RunResult;
};

/** Every model on one group of rows, baselines on top. */
export function ComparisonPanel(props: Props) {
  const { view, summary, group, model, onGroup, onModel } = props;
  const { state, onStateChange } = useTableView(null);
  // Memoised because the table works everything out anew when one of these is a new object.
  const rows = useMemo(() => rowsOf(summary, group.key), [summary, group.key]);
  const columns = useMemo(() => columnsOf(summary), [summary]);
  const { groups } = summary;
  return (
    <Panel
      title={groups.length === 1 ? "All models" : `All models on ${group.label}`}
      lead={`${formatInteger(group.testRows)} test rows, which no model has learned from, of ${formatInteger(group.rows)}. Open a row for its details.`}
      actions={
        groups.length === 1 ? undefined : (
          <SelectField
            label="Rows of"
            value={group.key}
            options={groups.map(({ key, label }) => ({ value: key, label }))}
            onChange={(event) => onGroup(event.target.value)}
          />
        )
      }
      flush
    >
      <DataTable
        ariaLabel={`Models on ${group.label}`}
        rowLabel="model"
        columns={columns}
        data={rows}
        getRowId={({ key }) => key}
        onRowOpen={({ key }) => onModel(key)}
        highlightedRowId={model}
        csvName={`${view.name} ${group.label}`}
        state={state}
        onStateChange={onStateChange}
      />
    </Panel>
  );
}

function rowsOf({ models, results }: RunResultProps["summary"], group: string): readonly Row[] {
  const names = modelNames(models);
  return models.flatMap(({ key, isBaseline }) => {
    const result = results.find((one) => one.model === key && one.group === group);
    if (result === undefined) return [];
    return [{ key, name: names.get(key) ?? key, isBaseline, result }];
  });
}

function columnsOf(summary: RunResultProps["summary"]): readonly DataColumn<Row>[] {
  const isSearched = summary.results.some(({ trials }) => trials > 0);
  return [
    {
      id: "model",
      header: "Model",
      value: ({ name }) => name,
      cell: ({ name }) => <ModelName name={name} />,
    },
    ...VERDICT_COLUMNS,
    ...scoreColumns(summary).map(({ name, isShown }) => scoreColumn(name, isShown)),
    {
      id: "trials",
      header: "Trials",
      help: "Settings that were tried of it: the more, the better the best of them looks by chance.",
      value: ({ result }) => result.trials,
      format: formatInteger,
      hiddenByDefault: !isSearched,
    },
    {
      id: "seconds",
      header: "Took",
      value: ({ result }) => result.seconds,
      cell: ({ result }) => secondsText(result.seconds),
      csv: { unit: "s" },
      align: "right",
    },
  ];
}

const VERDICT_COLUMNS: readonly DataColumn<Row>[] = [
  {
    id: "verdict",
    header: "Verdict",
    help: "Against the best of the baselines on the same rows, corrected for all models and groups.",
    value: ({ isBaseline, result }) =>
      isBaseline ? "Baseline" : (result.refusal ?? verdictWords(result.verdict).short),
    cell: (row) => <Verdict row={row} />,
  },
  {
    id: "difference",
    header: "Difference",
    help: "Of the mean loss, against the best baseline; below zero is better.",
    value: ({ result }) => result.verdict?.relativeDifference ?? result.verdict?.difference ?? null,
    cell: ({ result: { verdict } }) =>
      verdict === null ? "–" : <span title={hoverOf(verdict)}>{differenceText(verdict)}</span>,
    align: "right",
  },
  {
    id: "interval",
    header: "90 % interval",
    help: "Of the difference, in the unit of the loss.",
    value: ({ result: { verdict } }) =>
      verdict === null || verdict.lower === null || verdict.upper === null
        ? null
        : `${verdict.lower} to ${verdict.upper}`,
    cell: ({ result: { verdict } }) =>
      verdict === null || verdict.lower === null || verdict.upper === null ? (
        "–"
      ) : (
        <span title={`${verdict.lower} to ${verdict.upper}`}>
          {formatSigned(verdict.lower, { significant: 2 })} to{" "}
          {formatSigned(verdict.upper, { significant: 2 })}
        </span>
      ),
    align: "right",
    sortable: false,
  },
];

function hoverOf(verdict: NonNullable<Row["result"]["verdict"]>): string {
  const { title, sentences } = verdictWords(verdict);
  return `${title}. ${sentences.join(" ")}`;
}

function Verdict({ row: { isBaseline, result } }: { row: Row }) {
  if (result.refusal !== null) {
    return (
      <Badge tone="bad" title={result.refusal}>
        Not trained
      </Badge>
    );
  }
  if (!isBaseline && result.verdict === null) return <Badge>Not judged</Badge>;
  return <VerdictBadge verdict={result.verdict} isBaseline={isBaseline} />;
}

function scoreColumn(name: string, isShown: boolean): DataColumn<Row> {
  const figure = scoreDefinition(name);
  const isPercent = figure.format === "percent";
  const cellValue = ({ result }: Row) => result.scores[name] ?? null;
  return {
    id: name,
    header: figure.label,
    unit: isPercent ? undefined : figure.unit,
    help: `${figure.definition} ${figure.good}`,
    value: cellValue,
    format: (value) => formatFigure(figure.format, value),
    cell: (row) => {
      const value = cellValue(row);
      const interval = row.result.intervals[name];
      const title =
        interval === undefined
          ? String(value ?? "none")
          : `${value}, 95 % interval ${interval.lower} to ${interval.upper}`;
      return <span title={title}>{formatFigure(figure.format, value)}</span>;
    },
    ...(isPercent ? { csv: { unit: "fraction" } } : {}),
    hiddenByDefault: !isShown,
    align: "right",
  };
}
