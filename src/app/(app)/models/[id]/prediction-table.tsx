"use client";

import { useMemo } from "react";
import type { ModelVersionView, Prediction } from "#contracts/model.ts";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatNumber, formatPercent } from "#ui/format.ts";
import { Time } from "#ui/time.tsx";
import { type BookIds, bookKey } from "./chosen-books.ts";
import { predictionWords } from "./prediction-words.ts";

type Props = {
  predictions: readonly Prediction[];
  /** The version that is live as far as this page knows. */
  live: ModelVersionView;
  nameOf: (book: BookIds) => string;
};

/** A row with everything that its cells show, so that columns need to know no names. */
type Row = {
  readonly key: string;
  readonly name: string;
  readonly prediction: Prediction;
  readonly words: string;
};

/** Predictions side by side; a row that has none says why. */
export function PredictionTable({ predictions, live, nameOf }: Props) {
  const { classes } = live.card;
  const rows = predictions.map((prediction): Row => {
    const { book } = prediction;
    const words = predictionWords(prediction);
    return { key: bookKey(book), name: nameOf(book), prediction, words };
  });
  const classText = classes.join("\n");
  // Memoised because the table works everything out anew when its columns are a new array.
  const columns = useMemo(() => columnsOf(classText), [classText]);
  return (
    <DataTable
      ariaLabel="Predictions"
      rowLabel="prediction"
      columns={columns}
      data={rows}
      getRowId={({ key }) => key}
      csvName="predictions"
    />
  );
}

function columnsOf(classText: string): readonly DataColumn<Row>[] {
  const classes = classText === "" ? [] : classText.split("\n");
  return [
    {
      id: "book",
      header: "Of",
      value: ({ name }) => name,
      cell: ({ name }) => <span className="font-medium">{name}</span>,
    },
    {
      id: "says",
      header: "Says",
      value: ({ words }) => words,
      cell: ({ prediction, words }) => (
        <span
          className={
            prediction.kind === "refused"
              ? "inline-block min-w-64 whitespace-normal text-muted"
              : ""
          }
        >
          {prediction.kind === "refused" ? `Nothing: ${words}.` : words}
        </span>
      ),
    },
    ...(classes.length === 0 ? [VALUE] : classes.map(probabilityColumn)),
    {
      id: "bar",
      header: "After the bar of",
      value: barOf,
      cell: (row) => <Time ms={barOf(row)} />,
      csv: csvTime(barOf),
      align: "right",
    },
    {
      id: "version",
      header: "Version",
      value: ({ prediction }) => (prediction.kind === "predicted" ? prediction.version : null),
      align: "right",
    },
  ];
}

const VALUE: DataColumn<Row> = {
  id: "value",
  header: "Value",
  value: ({ prediction }) => (prediction.kind === "predicted" ? prediction.value : null),
  format: (value) => formatNumber(value),
};

function probabilityColumn(name: string, place: number): DataColumn<Row> {
  return {
    id: `class.${place}`,
    header: name,
    unit: "probability",
    value: ({ prediction }) =>
      prediction.kind === "predicted" ? (prediction.probabilities?.[place] ?? null) : null,
    format: (value) => formatPercent(value, { digits: 1 }),
  };
}

function barOf({ prediction }: Row): number | null {
  return prediction.kind === "predicted" ? prediction.barMs : null;
}
