import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../discover/load-or-not-found.ts";
import { EditStrategy } from "./edit-strategy.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const strategy = await loadOrNotFound(trpc.strategies.get.queryOptions({ id }));
  return { title: `New version of ${strategy.name}` };
}

export default async function EditStrategyPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.strategies.get.queryOptions({ id }));
  prefetch(trpc.instruments.list.queryOptions({}));
  return (
    <HydrateClient>
      <EditStrategy id={id} />
    </HydrateClient>
  );
}
