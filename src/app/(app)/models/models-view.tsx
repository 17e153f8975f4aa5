"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import { PageHeader } from "#ui/page-header.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { useUrlState } from "../discover/use-url-state.ts";
import { DatasetsTable } from "./datasets-table.tsx";
import { ImportModelButton } from "./import-model-button.tsx";
import { ModelsTable } from "./models-table.tsx";
import { RunsTable } from "./runs-table.tsx";

/** The registry, the runs that models come of, and the datasets that these learn from. */
export function ModelsView() {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const [models, runs, datasets] = useSuspenseQueries({
    queries: [
      trpc.models.list.queryOptions(),
      trpc.learningRuns.list.queryOptions({}),
      trpc.datasets.list.queryOptions(),
    ],
  });
  const hasDataset = datasets.data.length > 0;
  return (
    <>
      <PageHeader
        title="Models"
        lead="What is learned from past bars, judged on bars that it has not seen and against baselines that learn nothing."
        actions={
          <>
            <ButtonLink href="/models/runs/thesis">Thesis comparison</ButtonLink>
            <ImportModelButton />
            <ButtonLink href="/models/datasets/new" variant="primary">
              New dataset
            </ButtonLink>
          </>
        }
      />
      <Tabs
        ariaLabel="Kinds of things"
        value={params.get("view") ?? "models"}
        // Order and filter are of the table that was left.
        onValueChange={(view) =>
          set({ view: view === "models" ? null : view, sort: null, filter: null })
        }
        tabs={[
          {
            id: "models",
            label: "Models",
            count: models.data.length,
            content: <ModelsTable hasRun={runs.data.length > 0} hasDataset={hasDataset} />,
          },
          {
            id: "runs",
            label: "Runs",
            count: runs.data.length,
            content: <RunsTable hasDataset={hasDataset} />,
          },
          {
            id: "datasets",
            label: "Datasets",
            count: datasets.data.length,
            content: <DatasetsTable />,
          },
        ]}
      />
    </>
  );
}
