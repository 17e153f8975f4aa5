"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { DatasetVersionView, DatasetView } from "#contracts/dataset.ts";
import type { LearningRunView } from "#contracts/learning-run.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatSpanUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { SearchSelect } from "#ui/search-select.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { useTRPC } from "../../../../trpc-client.tsx";
import { useUrlState } from "../../../discover/use-url-state.ts";
import { booksInWords } from "../../../strategies/books-in-words.ts";
import { labelWords } from "../../label-words.ts";
import type { LearnerCatalogue } from "../learner-form.ts";
import { RunForm } from "./run-form.tsx";

type Props = {
  catalogue: LearnerCatalogue;
  /** The run whose settings the form begins with. */
  from: string | null;
};

/** The dataset that is trained on, from the address, and the form about it. */
export function NewRun({ catalogue, from }: Props) {
  return from === null ? (
    <ChooseDataset catalogue={catalogue} base={null} />
  ) : (
    <ChangedRun catalogue={catalogue} from={from} />
  );
}

function ChangedRun({ catalogue, from }: { catalogue: LearnerCatalogue; from: string }) {
  const trpc = useTRPC();
  const { data: base } = useSuspenseQuery(trpc.learningRuns.get.queryOptions({ id: from }));
  return <ChooseDataset catalogue={catalogue} base={base} />;
}

function ChooseDataset(props: { catalogue: LearnerCatalogue; base: LearningRunView | null }) {
  const { catalogue, base } = props;
  const trpc = useTRPC();
  const { data: datasets } = useSuspenseQuery(trpc.datasets.list.queryOptions());
  const { params, set } = useUrlState();
  const wanted = params.get("dataset") ?? base?.datasetVersion.id ?? null;
  const dataset = datasetOfVersion(datasets, wanted);
  const version = dataset?.versions.find(({ id }) => id === wanted) ?? dataset?.versions[0];
  if (dataset === undefined || version === undefined) return <NoDataset />;
  return (
    <div className="flex flex-col gap-6">
      {wanted === null || wanted === version.id ? null : (
        <Notice tone="warn" title="The dataset of this address is not there">
          It may have been deleted, or it belongs to another workspace. “{dataset.name}” is taken
          until you choose another.
        </Notice>
      )}
      <DatasetPanel
        datasets={datasets}
        dataset={dataset}
        version={version}
        onChoose={(id) => set({ dataset: id })}
      />
      <RunForm
        key={`${version.id} ${base?.id ?? ""}`}
        catalogue={catalogue}
        dataset={dataset}
        version={version}
        base={base}
      />
    </div>
  );
}

function DatasetPanel(props: {
  datasets: readonly DatasetView[];
  dataset: DatasetView;
  version: DatasetVersionView;
  onChoose: (versionId: string) => void;
}) {
  const { datasets, dataset, version, onChoose } = props;
  const { config, books } = version;
  return (
    <Panel title="Dataset" actions={dataset.synthetic ? <SyntheticBadge /> : undefined}>
      <div className="grid gap-4 sm:grid-cols-2">
        <SearchSelect
          id="datasetVersionId"
          label="Dataset"
          options={datasets.map(({ id, name, versions }) => ({
            value: id,
            label: name,
            hint: booksInWords(versions[0]?.books ?? []),
          }))}
          value={dataset.id}
          onChange={(id) => {
            const newest = datasets.find((one) => one.id === id)?.versions[0];
            if (newest !== undefined) onChoose(newest.id);
          }}
        />
        <SelectField
          label="Version"
          options={dataset.versions.map(({ id, version: number }, i) => ({
            value: id,
            label: i === 0 ? `Version ${number}, the newest` : `Version ${number}`,
          }))}
          value={version.id}
          onChange={(event) => onChoose(event.target.value)}
        />
      </div>
      <p className="mt-3 text-[13px] text-muted">
        {labelWords(config.label)}, of {booksInWords(books)}: {intervalLabel(config.intervalMs)}{" "}
        bars, {formatSpanUtc(config.window)}, {formatInteger(config.features.length)}{" "}
        {config.features.length === 1 ? "feature" : "features"}.
      </p>
    </Panel>
  );
}

function NoDataset() {
  return (
    <Panel>
      <EmptyState
        title="There is no dataset to train on"
        action={
          <ButtonLink href="/models/datasets/new" variant="primary">
            New dataset
          </ButtonLink>
        }
      >
        A dataset says which bars are looked at, what is computed of them and what is to be
        predicted. Models are trained on one.
      </EmptyState>
    </Panel>
  );
}

/** The dataset that has a version; without one that is known, the first. */
function datasetOfVersion(
  datasets: readonly DatasetView[],
  versionId: string | null,
): DatasetView | undefined {
  return (
    datasets.find(({ versions }) => versions.some(({ id }) => id === versionId)) ?? datasets[0]
  );
}
