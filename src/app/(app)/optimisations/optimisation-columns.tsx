"use client";

import type { OptimisationListItem } from "#contracts/optimisation.ts";
import { Button } from "#ui/button.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatInteger } from "#ui/format.ts";
import { JobStateBadge } from "#ui/job-state-badge.tsx";
import { Time } from "#ui/time.tsx";
import { JOB_STATE_LABEL } from "../../job-links.ts";
import { methodLabel, OBJECTIVE_LABELS } from "./optimisation-words.ts";
import { trialFigureText } from "./trial-figures.ts";
import { useDeleteOptimisation } from "./use-delete-optimisation.ts";

/** Columns of a list of optimisations. */
export const OPTIMISATION_COLUMNS: readonly DataColumn<OptimisationListItem>[] = [
  {
    id: "strategy",
    header: "Strategy",
    value: (item) => `${item.strategyName} v${item.version}`,
  },
  { id: "subject", header: "Traded", value: ({ subject }) => subject },
  { id: "method", header: "Method", value: ({ method }) => methodLabel(method) },
  {
    id: "objective",
    header: "Objective",
    help: "What trials are judged by.",
    value: ({ objective }) => OBJECTIVE_LABELS[objective],
  },
  {
    id: "trials",
    header: "Trials",
    value: ({ trials }) => trials,
    format: formatInteger,
  },
  {
    id: "best",
    header: "Best",
    help: "The objective of the best trial: flattering, as the best of many always is.",
    value: ({ bestObjective }) => bestObjective,
    cell: ({ objective, bestObjective }) => trialFigureText(objective, bestObjective),
    align: "right",
  },
  {
    id: "state",
    header: "State",
    value: ({ job }) => JOB_STATE_LABEL[job?.state ?? "succeeded"],
    cell: ({ job }) => <JobStateBadge job={job ?? { state: "succeeded" }} />,
  },
  {
    id: "created",
    header: "Started",
    value: (item) => item.createdAtMs,
    cell: (item) => <Time ms={item.createdAtMs} />,
    csv: csvTime((item) => item.createdAtMs),
    align: "right",
  },
  {
    id: "delete",
    header: "Delete",
    value: () => null,
    sortable: false,
    cell: (item) => <DeleteButton item={item} />,
    align: "right",
  },
];

function DeleteButton({ item }: { item: OptimisationListItem }) {
  const remove = useDeleteOptimisation();
  const name = `Optimisation of ${item.strategyName} v${item.version}`;
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-label={`Delete: ${name}`}
      onClick={() => void remove(item.id, name)}
    >
      Delete
    </Button>
  );
}
