import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, requestQueryClient, trpc } from "../../../../trpc-server.ts";
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
  const queryClient = requestQueryClient();
  await Promise.all([
    loadOrNotFound(trpc.universes.get.queryOptions({ id })),
    // Waited for, because the schedule does not suspend: what arrives while the page is being hydrated
    // would not be what the server has drawn. The form beside it suspends all of them at once.
    queryClient.prefetchQuery(trpc.instruments.list.queryOptions({})),
    queryClient.prefetchQuery(trpc.schedules.list.queryOptions()),
    queryClient.prefetchQuery(trpc.scans.list.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <EditUniverse id={id} />
    </HydrateClient>
  );
}
