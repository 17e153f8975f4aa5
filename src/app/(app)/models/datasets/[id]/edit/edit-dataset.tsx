"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { PageHeader } from "#ui/page-header.tsx";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../../../../trpc-client.tsx";
import { useUrlState } from "../../../../discover/use-url-state.ts";
import { DatasetEditor } from "../../dataset-editor.tsx";
import { datasetFormValues } from "../../dataset-form-values.ts";

export function EditDataset({ id }: { id: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { params } = useUrlState();
  const { data: dataset } = useSuspenseQuery(trpc.datasets.get.queryOptions({ id }));
  const { data: series } = useSuspenseQuery(trpc.instruments.list.queryOptions({}));
  const wanted = Number(params.get("version"));
  const base = dataset.versions.find(({ version }) => version === wanted) ?? dataset.versions[0];
  // A dataset is saved together with its first version, so there always is one.
  if (base === undefined) return null;
  return (
    <>
      <PageHeader
        title={`New version of ${dataset.name}`}
        lead={`Starts from version ${base.version}, which stays as it is, together with its runs.`}
        breadcrumbs={[
          { label: "Models", href: "/models" },
          { label: dataset.name, href: `/models/datasets/${id}` },
        ]}
      />
      <DatasetEditor
        draftName={`dataset-${base.id}`}
        series={series}
        initial={{
          ...{ name: dataset.name, notes: dataset.notes },
          config: datasetFormValues(base.config),
        }}
        submitLabel="Save as a new version"
        onSubmit={async ({ config }) => {
          const { version } = await client.datasets.addVersion.mutate({ id, config });
          await queryClient.invalidateQueries(trpc.datasets.pathFilter());
          const isNew = dataset.versions.every((known) => known.version !== version);
          toast(
            isNew
              ? { title: `Version ${version} is saved`, tone: "good" }
              : {
                  title: "Nothing was changed",
                  description: `Version ${version} is this dataset already.`,
                },
          );
          router.push(`/models/datasets/${id}`);
        }}
      />
    </>
  );
}
