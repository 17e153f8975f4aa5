import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { ThesisForm } from "./thesis-form.tsx";

export const metadata: Metadata = { title: "Thesis comparison" };

export default async function ThesisPage() {
  await requireViewer();
  prefetch(trpc.instruments.list.queryOptions({}));
  prefetch(trpc.datasets.list.queryOptions());
  return (
    <HydrateClient>
      <PageHeader
        title="Thesis comparison"
        lead="A published comparison of forecasting models, repeated on its own 19 pairs: pairs, dates, split and models are those of the publication."
        breadcrumbs={[
          { label: "Models", href: "/models" },
          { label: "Runs", href: "/models?view=runs" },
        ]}
      />
      <ThesisForm />
    </HydrateClient>
  );
}
