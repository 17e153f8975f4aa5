import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { NewUniverse } from "./new-universe.tsx";

export const metadata: Metadata = { title: "New universe" };

export default function NewUniversePage() {
  prefetch(trpc.instruments.list.queryOptions({}));
  return (
    <HydrateClient>
      <NewUniverse />
    </HydrateClient>
  );
}
