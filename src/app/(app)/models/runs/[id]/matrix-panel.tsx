"use client";

import { useMemo } from "react";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger } from "#ui/format.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useUrlState } from "../../../discover/use-url-state.ts";
import { scoreDefinition } from "../../score-definitions.ts";
import { verdictWords } from "../../verdict-words.ts";
import { firstScore, lossScore, scoreColumns } from "../run-scores.ts";
import { lossWords } from "../run-words.ts";
import {
  type MatrixCell,
  type MatrixColumn,
  type MatrixRow,
  matrixColumns,
  scoreMatrix,
} from "../score-matrix.ts";
import { ModelName } from "./model-name.tsx";
import type { RunResultProps } from "./run-result.tsx";

type Props = {
  summary: RunResultProps["summary"];
  runName: string;
  onChoose: (chosen: { model: string; group: string }) => void;
};

/** One score of every model on every group of rows, and where it beats the baselines. */
export function MatrixPanel({ summary, runName, onChoose }: Props) {
  const { params, set } = useUrlState();
  const scores = scoreColumns(summary);
  const first = firstScore(summary);
  const score = scores.find(({ name }) => name === params.get("score"))?.name ?? first;
  // Memoised because the table works everything out anew when one of these is a new object.
  const rows = useMemo(() => (score === null ? [] : scoreMatrix(summary, score)), [summary, score]);
  const places = useMemo(() => matrixColumns(summary), [summary]);
  const isJudged = score === lossScore(summary);
  const columns = useMemo(
    () => (score === null ? [] : columnsOf(places, score, isJudged)),
    [places, score, isJudged],
  );
  if (score === null) return null;
  const [group] = summary.groups;
  return (
    <Panel
      title={isTogether(places) ? "Models by pair or instrument" : "Models and groups of rows"}
      lead={leadOf(isTogether(places), isJudged, lossWords(summary.loss))}
      actions={
        <SelectField
          label="Score"
          value={score}
          options={scores.map(({ name }) => ({ value: name, label: scoreDefinition(name).label }))}
          onChange={(event) =>
            set({ score: event.target.value === first ? null : event.target.value })
          }
        />
      }
      flush
    >
      <DataTable
        ariaLabel="Models on all groups of rows"
        rowLabel="model"
        columns={columns}
        data={rows}
        getRowId={({ model }) => model}
        onRowOpen={({ model }) => {
          if (group !== undefined) onChoose({ model, group: params.get("group") ?? group.key });
        }}
        csvName={`${runName} ${scoreDefinition(score).label}`}
      />
    </Panel>
  );
}

function leadOf(isAllTogether: boolean, isJudged: boolean, loss: string): string {
  if (isAllTogether) {
    return "Learned from all together, scored on the test rows of each. Verdicts are about all rows.";
  }
  return isJudged
    ? "▲ beats the baselines, ▼ is worse than one, no mark: no more than chance explains."
    : `No marks by this score: verdicts are about the ${loss}.`;
}

/** Whether verdicts are about all columns together. */
function isTogether(columns: readonly MatrixColumn[]): boolean {
  return columns.some(({ member }) => member !== null);
}

function columnsOf(
  columns: readonly MatrixColumn[],
  score: string,
  isJudged: boolean,
): readonly DataColumn<MatrixRow>[] {
  const { format, unit } = scoreDefinition(score);
  return [
    {
      id: "model",
      header: "Model",
      value: ({ name }) => name,
      cell: ({ name, isBaseline }) => <ModelName name={name} isBaseline={isBaseline} />,
    },
    {
      id: "mean",
      header: "Mean",
      unit: format === "percent" ? undefined : unit,
      help: "Over the columns that it has a value in, each counting the same.",
      value: ({ mean }) => mean,
      format: (value) => formatFigure(format, value),
    },
    ...(isTogether(columns) || !isJudged ? [] : [beatsColumn(columns.length)]),
    ...columns.map(
      ({ key, label }): DataColumn<MatrixRow> => ({
        id: `group ${key}`,
        header: label,
        value: ({ cells }) => cells.get(key)?.value ?? null,
        format: (value) => formatFigure(format, value),
        cell: ({ cells }) => <Cell cell={cells.get(key)} format={format} />,
        align: "right",
      }),
    ),
  ];
}

function beatsColumn(groups: number): DataColumn<MatrixRow> {
  return {
    id: "beats",
    header: "Beats on",
    help: "Groups on which it beats its baselines, corrected for all models and groups.",
    value: ({ beats }) => beats,
    cell: ({ beats }) =>
      beats === null ? "–" : `${formatInteger(beats)} of ${formatInteger(groups)}`,
    align: "right",
  };
}

function Cell(props: {
  cell: MatrixCell | undefined;
  format: ReturnType<typeof scoreDefinition>["format"];
}) {
  const { cell, format } = props;
  if (cell === undefined) return "–";
  const { value, interval, verdict, refusal } = cell;
  if (refusal !== null) {
    return (
      <span title={refusal} className="text-muted">
        not trained
      </span>
    );
  }
  const words = verdictWords(verdict);
  const title = [
    String(value ?? "none"),
    ...(interval === null ? [] : [`95 % interval ${interval.lower} to ${interval.upper}`]),
    ...(verdict === null ? [] : [words.title, words.sentences[0]]),
  ].join(". ");
  return (
    <span title={title}>
      {verdict?.kind === "beats" ? <Mark sign="▲" tone="text-good" words={words.short} /> : null}
      {verdict?.kind === "worse" ? <Mark sign="▼" tone="text-bad" words={words.short} /> : null}
      {formatFigure(format, value)}
    </span>
  );
}

function Mark({ sign, tone, words }: { sign: string; tone: string; words: string }) {
  return (
    <span className={tone}>
      <span aria-hidden>{sign} </span>
      <span className="sr-only">{words}: </span>
    </span>
  );
}
