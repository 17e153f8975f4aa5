import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../load-or-not-found.ts";
import { EditUniverse } from "./edit-universe.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const universe = await loadOrNotFound(trpc.universes.get.queryOptions({ id }));
  return { title: universe.name };
}

export default async function UniversePage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  prefetch(trpc.instruments.list.queryOptions({}));
  prefetch(trpc.schedules.list.queryOptions());
  prefetch(trpc.scans.list.queryOptions());
  await loadOrNotFound(trpc.universes.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <EditUniverse id={id} />
    </HydrateClient>
  );
}
