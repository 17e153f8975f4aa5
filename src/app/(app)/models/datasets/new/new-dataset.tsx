"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { useUrlState } from "../../../discover/use-url-state.ts";
import { usualInterval } from "../../../strategies/usual-interval.ts";
import { DatasetEditor } from "../dataset-editor.tsx";
import {
  blankDataset,
  datasetFormValues,
  type NamedDatasetValues,
} from "../dataset-form-values.ts";
import { presetOf } from "../dataset-presets.ts";

/** The form of a new dataset: empty, as a preset has it, or as another dataset is. */
export function NewDataset({ from }: { from: string | null }) {
  const trpc = useTRPC();
  const { data: series } = useSuspenseQuery(trpc.instruments.list.queryOptions({}));
  return (
    <>
      <PageHeader
        title="New dataset"
        lead="Which bars are looked at, what is computed of them, and what is to be predicted. Each change later is a new version."
        breadcrumbs={[
          { label: "Models", href: "/models" },
          { label: "Datasets", href: "/models?view=datasets" },
        ]}
      />
      {series.length === 0 ? <NoPrices /> : null}
      {series.length > 0 && from === null ? <Blank series={series} /> : null}
      {series.length > 0 && from !== null ? <CopyOf id={from} series={series} /> : null}
    </>
  );
}

function Blank({ series }: { series: readonly SeriesCoverage[] }) {
  const { params } = useUrlState();
  const preset = presetOf(params.get("preset"));
  return (
    <Editor
      draftName={`dataset-${preset?.id ?? ""}`}
      series={series}
      initial={{
        ...{ name: preset?.label ?? "", notes: "" },
        config: { ...blankDataset(preset ?? undefined), intervalMs: usualInterval(series) },
      }}
    />
  );
}

function CopyOf({ id, series }: { id: string; series: readonly SeriesCoverage[] }) {
  const trpc = useTRPC();
  const { params } = useUrlState();
  const { data: dataset } = useSuspenseQuery(trpc.datasets.get.queryOptions({ id }));
  const wanted = Number(params.get("version"));
  const base = dataset.versions.find(({ version }) => version === wanted) ?? dataset.versions[0];
  // A dataset is saved together with its first version, so there always is one.
  if (base === undefined) return null;
  return (
    <Editor
      draftName={`dataset-from-${base.id}`}
      series={series}
      initial={{
        name: `Copy of ${dataset.name}`.slice(0, 80),
        notes: dataset.notes,
        config: datasetFormValues(base.config),
      }}
    />
  );
}

function Editor(props: {
  draftName: string;
  series: readonly SeriesCoverage[];
  initial: NamedDatasetValues;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  return (
    <DatasetEditor
      {...props}
      submitLabel="Save dataset"
      isNew
      onSubmit={async (dataset) => {
        const { id } = await client.datasets.create.mutate(dataset);
        await queryClient.invalidateQueries(trpc.datasets.list.queryFilter());
        router.push(`/models/datasets/${id}`);
      }}
    />
  );
}

function NoPrices() {
  return (
    <Panel>
      <EmptyState
        title="No prices yet"
        action={
          <ButtonLink href="/markets/upload" variant="primary">
            Upload prices
          </ButtonLink>
        }
      >
        A dataset is made of the bars of instruments. Bring some first.
      </EmptyState>
    </Panel>
  );
}
