"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { PageHeader } from "#ui/page-header.tsx";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { useUrlState } from "../../../discover/use-url-state.ts";
import { StrategyEditor } from "../../strategy-editor.tsx";
import { strategyFormValues } from "../../strategy-form-values.ts";

export function EditStrategy({ id }: { id: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { params } = useUrlState();
  const { data: strategy } = useSuspenseQuery(trpc.strategies.get.queryOptions({ id }));
  const { data: series } = useSuspenseQuery(trpc.instruments.list.queryOptions({}));
  const wanted = Number(params.get("version"));
  const base = strategy.versions.find(({ version }) => version === wanted) ?? strategy.versions[0];
  // A strategy is saved together with its first version, so there always is one.
  if (base === undefined) return null;
  return (
    <>
      <PageHeader
        title={`New version of ${strategy.name}`}
        lead={`Starts from version ${base.version}, which stays as it is, together with its backtests.`}
        breadcrumbs={[
          { label: "Strategies", href: "/strategies" },
          { label: strategy.name, href: `/strategies/${id}` },
        ]}
      />
      <StrategyEditor
        draftName={`strategy-${base.id}`}
        series={series}
        initial={{
          name: strategy.name,
          notes: strategy.notes,
          tags: strategy.tags.join(", "),
          config: strategyFormValues(base.config),
        }}
        saved={base.config}
        submitLabel="Save as a new version"
        onSubmit={async ({ config }) => {
          const { version } = await client.strategies.addVersion.mutate({ id, config });
          await queryClient.invalidateQueries(trpc.strategies.pathFilter());
          const isNew = strategy.versions.every((known) => known.version !== version);
          toast(
            isNew
              ? { title: `Version ${version} is saved`, tone: "good" }
              : {
                  title: "Nothing was changed",
                  description: `Version ${version} has these settings.`,
                },
          );
          router.push(`/strategies/${id}`);
        }}
      />
    </>
  );
}
