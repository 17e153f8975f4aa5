"use client";

import { useMemo } from "react";
import type { RunTrial } from "#contracts/learning-run.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { wordsOfName } from "../../words-of-name.ts";
import { type TrialRow, trialRows } from "../trial-rows.ts";
import { parameterText } from "./parameter-words.ts";

type Props = {
  trials: readonly RunTrial[];
  /** A trial of as many belongs to the model that is kept. */
  folds: number;
  csvName: string;
};

/** By fold, and the best of each first: losses of different folds are of different rows. */
const BY_FOLD = { id: "fold", desc: false };

/** Every trial of a search. */
export function TrialsTable({ trials, folds, csvName }: Props) {
  // Memoised because the table works everything out anew when one of these is a new object.
  const rows = useMemo(() => trialRows(trials), [trials]);
  const columns = useMemo(() => columnsOf(trials, folds), [trials, folds]);
  return (
    <DataTable
      ariaLabel="Trials of the search"
      rowLabel="trial"
      columns={columns}
      data={rows}
      getRowId={({ order }) => String(order)}
      initialSort={BY_FOLD}
      csvName={csvName}
    />
  );
}

function columnsOf(trials: readonly RunTrial[], folds: number): readonly DataColumn<TrialRow>[] {
  const names = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))];
  return [
    {
      id: "fold",
      header: "Fold",
      help: "Sorted by it, the trials of a fold stand together, the best first.",
      value: ({ order }) => order,
      cell: ({ fold }) => (fold >= folds ? "all rows" : fold + 1),
      csv: { value: ({ fold }) => (fold >= folds ? "all rows" : fold + 1) },
      align: "right",
      width: 100,
    },
    {
      id: "number",
      header: "Trial",
      help: "Counted within its fold, in the order in which they were made.",
      value: ({ number }) => number,
      format: formatInteger,
      width: 90,
    },
    {
      id: "rank",
      header: "Rank in fold",
      help: "1 is the trial whose setting the fold was trained with.",
      value: ({ rank }) => rank,
      cell: ({ rank }) =>
        rank === 1 ? <Badge tone="good">Best of its fold</Badge> : formatInteger(rank),
      align: "right",
      width: 140,
    },
    {
      id: "loss",
      header: "Loss",
      help: "Mean over the inner folds; none where it could not be trained. Of different folds it is of different rows, and not to be compared.",
      value: ({ loss }) => loss,
      format: (value) => formatNumber(value),
      width: 120,
    },
    ...names.map(
      (name): DataColumn<TrialRow> => ({
        id: `parameter ${name}`,
        header: wordsOfName(name),
        value: ({ parameters }) => parameters[name] ?? null,
        cell: ({ parameters }) => parameterText(parameters[name] ?? null),
        align: "right",
        width: 140,
      }),
    ),
  ];
}
