import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, requestQueryClient, trpc } from "../../../trpc-server.ts";
import { analysisIdOf } from "./analysis-id-of.ts";
import { WorkbenchView } from "./workbench-view.tsx";

export const metadata: Metadata = { title: "Workbench" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function WorkbenchPage({ searchParams }: Props) {
  await requireViewer();
  const { analysis } = await searchParams;
  const id = analysisIdOf(typeof analysis === "string" ? analysis : null);
  prefetch(trpc.instruments.list.queryOptions({}));
  if (id !== null) {
    // Waited for, because the page does not suspend on it: at a new question it keeps what it shows.
    await requestQueryClient().prefetchQuery(trpc.pairAnalyses.get.queryOptions({ id }));
  }
  return (
    <HydrateClient>
      <WorkbenchView />
    </HydrateClient>
  );
}
