"use client";

import { useMemo } from "react";
import type { RunTrial } from "#contracts/learning-run.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { wordsOfName } from "../../words-of-name.ts";
import { parameterText } from "./parameter-words.ts";

type Props = {
  trials: readonly RunTrial[];
  /** A trial of as many belongs to the model that is kept. */
  folds: number;
  csvName: string;
};

type Row = RunTrial & { readonly number: number };

const BEST_FIRST = { id: "loss", desc: false };

/** Every trial of a search. */
export function TrialsTable({ trials, folds, csvName }: Props) {
  // Memoised because the table works everything out anew when one of these is a new object.
  const rows = useMemo(
    () => trials.map((trial, i): Row => ({ ...trial, number: i + 1 })),
    [trials],
  );
  const columns = useMemo(() => columnsOf(trials, folds), [trials, folds]);
  return (
    <DataTable
      ariaLabel="Trials of the search"
      rowLabel="trial"
      columns={columns}
      data={rows}
      getRowId={({ number }) => String(number)}
      initialSort={BEST_FIRST}
      csvName={csvName}
    />
  );
}

function columnsOf(trials: readonly RunTrial[], folds: number): readonly DataColumn<Row>[] {
  const names = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))];
  return [
    {
      id: "number",
      header: "Trial",
      value: ({ number }) => number,
      format: formatInteger,
      width: 90,
    },
    {
      id: "fold",
      header: "Fold",
      value: ({ fold }) => fold + 1,
      cell: ({ fold }) => (fold >= folds ? "all rows" : fold + 1),
      csv: { value: ({ fold }) => (fold >= folds ? "all rows" : fold + 1) },
      align: "right",
      width: 100,
    },
    ...names.map(
      (name): DataColumn<Row> => ({
        id: `parameter ${name}`,
        header: wordsOfName(name),
        value: ({ parameters }) => parameters[name] ?? null,
        cell: ({ parameters }) => parameterText(parameters[name] ?? null),
        align: "right",
        width: 140,
      }),
    ),
    {
      id: "loss",
      header: "Loss",
      help: "Mean over the inner folds; none where it could not be trained.",
      value: ({ loss }) => loss,
      format: (value) => formatNumber(value),
      width: 120,
    },
  ];
}
