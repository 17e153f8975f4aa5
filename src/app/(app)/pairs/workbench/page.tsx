import type { Metadata } from "next";
import { createQueryClient } from "../../../query-client.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, requestQueryClient, trpc } from "../../../trpc-server.ts";
import { analysisIdOf } from "./analysis-id-of.ts";
import { WorkbenchView } from "./workbench-view.tsx";

export const metadata: Metadata = { title: "Workbench" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function WorkbenchPage({ searchParams }: Props) {
  await requireViewer();
  const { analysis } = await searchParams;
  const id = analysisIdOf(typeof analysis === "string" ? analysis : null);
  // Handed on as a value: the shell's search has a query of this name, which would come first and then
  // ask for it from within the server.
  const series = await createQueryClient().fetchQuery(trpc.instruments.list.queryOptions({}));
  if (id !== null) {
    // Waited for, because the page does not suspend on it: at a new question it keeps what it shows.
    await requestQueryClient().prefetchQuery(trpc.pairAnalyses.get.queryOptions({ id }));
  }
  return (
    <HydrateClient>
      <WorkbenchView series={series} />
    </HydrateClient>
  );
}
