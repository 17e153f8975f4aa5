import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../discover/load-or-not-found.ts";
import { RunPageView } from "./run-page-view.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const run = await loadOrNotFound(trpc.learningRuns.get.queryOptions({ id }));
  return { title: run.name };
}

export default async function RunPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.learningRuns.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <RunPageView id={id} />
    </HydrateClient>
  );
}
