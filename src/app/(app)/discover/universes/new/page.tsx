import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { NewUniverse } from "./new-universe.tsx";

export const metadata: Metadata = { title: "New universe" };

export default async function NewUniversePage() {
  await requireViewer();
  prefetch(trpc.instruments.list.queryOptions({}));
  return (
    <HydrateClient>
      <NewUniverse />
    </HydrateClient>
  );
}
