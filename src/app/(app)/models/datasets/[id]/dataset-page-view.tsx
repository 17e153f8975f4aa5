"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { DatasetVersionView, DatasetView } from "#contracts/dataset.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { errorWords } from "../../../../error-words.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { FactList } from "../../../backtests/report/fact-list.tsx";
import { useUrlState } from "../../../discover/use-url-state.ts";
import { booksInWords } from "../../../strategies/books-in-words.ts";
import { settingsDiff } from "../../../strategies/settings-diff.ts";
import { SettingsGroups } from "../../../strategies/settings-groups.tsx";
import { VersionDiff } from "../../../strategies/version-diff-panel.tsx";
import { VersionList } from "../../../strategies/version-list.tsx";
import { labelWords } from "../../label-words.ts";
import { Hash } from "../../manifest-facts.tsx";
import { RunsTable } from "../../runs-table.tsx";
import {
  type DatasetFingerprints,
  datasetFingerprints,
  readWords,
  savedBarsWords,
} from "../dataset-fingerprints.ts";
import { datasetGroups } from "../dataset-rows.ts";
import { DatasetActions } from "./dataset-actions.tsx";

export function DatasetPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: dataset } = useSuspenseQuery(trpc.datasets.get.queryOptions({ id }));
  const { params } = useUrlState();
  const wanted = Number(params.get("version"));
  const version = dataset.versions.find((one) => one.version === wanted) ?? dataset.versions[0];
  // A dataset is saved together with its first version, so there always is one.
  if (version === undefined) return null;
  const { label } = version.config;
  return (
    <>
      <PageHeader
        title={dataset.name}
        lead={`${labelWords(label)}, of ${booksInWords(version.books)}. ${dataset.notes}`}
        breadcrumbs={[
          { label: "Models", href: "/models" },
          { label: "Datasets", href: "/models?view=datasets" },
        ]}
        badges={dataset.synthetic ? <SyntheticBadge /> : null}
        actions={<DatasetActions dataset={dataset} version={version} />}
      />
      <DatasetTabs dataset={dataset} version={version} />
    </>
  );
}

function DatasetTabs(props: { dataset: DatasetView; version: DatasetVersionView }) {
  const { dataset, version } = props;
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const { data: runs } = useSuspenseQuery(
    trpc.learningRuns.list.queryOptions({ datasetId: dataset.id }),
  );
  return (
    <Tabs
      ariaLabel="Parts of the dataset"
      value={params.get("view") ?? "settings"}
      onValueChange={(view) =>
        // Order and filter are of the table that was left.
        set({ view: view === "settings" ? null : view, sort: null, filter: null })
      }
      tabs={[
        {
          id: "settings",
          label: `Version ${version.version}`,
          content: (
            <div className="flex flex-col gap-6">
              <SettingsGroups groups={datasetGroups(version)} configHash={null} />
              <Fingerprints version={version} read={datasetFingerprints(runs, version.version)} />
            </div>
          ),
        },
        {
          id: "versions",
          label: "Versions",
          count: dataset.versions.length,
          content: (
            <VersionList
              versions={dataset.versions}
              shown={version.version}
              onShow={(number) => set({ version: String(number), view: null })}
              usesOf={({ runCount }) => `${runCount} ${runCount === 1 ? "run" : "runs"}`}
            />
          ),
        },
        {
          id: "compare",
          label: "Compare",
          content: (
            <VersionDiff
              versions={dataset.versions}
              diffOf={(before, after) => settingsDiff(datasetGroups(before), datasetGroups(after))}
              emptyWords="There is one version. Make a new one to see what changes; the first stays as it is."
            />
          ),
        },
        {
          id: "runs",
          label: "Runs",
          count: runs.length,
          content: <RunsTable hasDataset dataset={{ id: dataset.id, versionId: version.id }} />,
        },
      ]}
    />
  );
}

/** What a version is, by its settings, the bars that it was saved on, and the bars that runs have read. */
function Fingerprints(props: { version: DatasetVersionView; read: DatasetFingerprints }) {
  const { version, read } = props;
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.datasets.bars.queryOptions({ versionId: version.id }));
  const bars = error === null ? data && savedBarsWords(data) : errorWords(error).message;
  return (
    <Panel
      title="Fingerprints"
      lead="SHA-256. A version fixes settings; the bars of its span are read anew by each run."
      flush
    >
      <FactList
        facts={[
          { label: "Settings alone", value: <Hash value={version.configHash} /> },
          {
            label: "Settings and bars, as they were when it was saved",
            value:
              data?.kind === "hashed" ? (
                <Hash value={data.contentHash} />
              ) : data === undefined && error === null ? (
                "Reading …"
              ) : (
                "none"
              ),
          },
          {
            label: "Settings and bars, as the newest run read them",
            value: read.kind === "read" ? <Hash value={read.newest} /> : "none yet",
          },
        ]}
      />
      <p role="status" className="border-t border-line px-4 py-3 text-sm text-muted">
        {bars} {read.kind === "read" ? readWords(read) : "No run has read them yet."}
      </p>
    </Panel>
  );
}
