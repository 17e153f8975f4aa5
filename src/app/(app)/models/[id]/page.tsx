import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { ModelPageView } from "./model-page-view.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const model = await loadOrNotFound(trpc.models.get.queryOptions({ id }));
  return { title: model.name };
}

export default async function ModelPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.models.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <ModelPageView id={id} />
    </HydrateClient>
  );
}
