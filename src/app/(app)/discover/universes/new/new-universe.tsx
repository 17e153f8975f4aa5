"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { PageHeader } from "#ui/page-header.tsx";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { UniverseForm } from "../../universe-form.tsx";

export function NewUniverse() {
  const router = useRouter();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return (
    <>
      <PageHeader
        title="New universe"
        lead="A named list of instruments at one bar interval; a scan tests every pair in it."
        breadcrumbs={[{ label: "Discover", href: "/discover" }]}
      />
      <UniverseForm
        draftName="universe-new"
        submitLabel="Save universe"
        onSubmit={async (input) => {
          const { id } = await client.universes.create.mutate(input);
          await queryClient.invalidateQueries(trpc.universes.pathFilter());
          router.push(`/discover/scans/new?universe=${id}`);
        }}
      />
    </>
  );
}
