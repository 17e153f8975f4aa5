"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { ScanFields } from "../../scan-fields.tsx";

export function NewScan() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const wanted = useSearchParams().get("universe");
  const { data: universes } = useSuspenseQuery(trpc.universes.list.queryOptions());
  const universe = universes.find(({ id }) => id === wanted) ?? universes[0];
  return (
    <>
      <PageHeader
        title="New scan"
        lead="Looks for cointegrated pairs in a universe, and says how many finds chance alone would give."
        breadcrumbs={[{ label: "Discover", href: "/discover" }]}
      />
      {universe === undefined ? (
        <NoUniverse />
      ) : (
        <ScanFields
          universes={universes}
          universe={universe}
          onStart={async (config) => {
            const { scanId } = await client.scans.start.mutate(config);
            await queryClient.invalidateQueries(trpc.scans.list.queryFilter());
            router.push(`/discover/scans/${scanId}`);
          }}
        />
      )}
    </>
  );
}

function NoUniverse() {
  return (
    <Panel>
      <EmptyState
        title="No universe to scan"
        action={
          <ButtonLink href="/discover/universes/new" variant="primary">
            New universe
          </ButtonLink>
        }
      >
        A scan needs a universe: a named list of at least two instruments at one bar interval.
      </EmptyState>
    </Panel>
  );
}
