import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../discover/load-or-not-found.ts";
import { searchReader } from "../../../strategies/new/search-reader.ts";
import { learnerCatalogue } from "../learner-catalogue.ts";
import { NewRun } from "./new-run.tsx";

export const metadata: Metadata = { title: "Train models" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewRunPage({ searchParams }: Props) {
  await requireViewer();
  const from = searchReader(await searchParams)("from");
  if (from !== null) await loadOrNotFound(trpc.learningRuns.get.queryOptions({ id: from }));
  prefetch(trpc.datasets.list.queryOptions());
  return (
    <HydrateClient>
      <PageHeader
        title="Train models"
        lead="What is trained on a dataset and how it is judged: on rows that no model has seen, against baselines that learn next to nothing."
        breadcrumbs={[
          { label: "Models", href: "/models" },
          { label: "Runs", href: "/models?view=runs" },
        ]}
      />
      <NewRun catalogue={learnerCatalogue()} from={from} />
    </HydrateClient>
  );
}
