"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { useToast } from "#ui/toast.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { SchedulePanel } from "../../schedules/schedule-panel.tsx";
import { UniverseForm } from "../../universe-form.tsx";
import { useUndoableDelete } from "../../use-undoable-delete.ts";

export function EditUniverse({ id }: { id: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { data: universe } = useSuspenseQuery(trpc.universes.get.queryOptions({ id }));
  const refresh = () => queryClient.invalidateQueries(trpc.universes.pathFilter());
  const deleteUniverse = useUndoableDelete({
    remove: () => client.universes.delete.mutate({ id }),
    restore: () => client.universes.restore.mutate({ id }),
    // This page's own query would answer "not found", so only the list is brought up to date.
    refresh: () => queryClient.invalidateQueries(trpc.universes.list.queryFilter()),
  });
  const onDelete = async () => {
    if (await deleteUniverse(id, `“${universe.name}”`)) router.push("/discover");
  };
  return (
    <>
      <PageHeader
        title={universe.name}
        lead="Change what the universe holds. Scans that were made of it keep their results."
        breadcrumbs={[{ label: "Discover", href: "/discover" }]}
        badges={universe.synthetic ? <SyntheticBadge /> : null}
        actions={
          <>
            <Button variant="quiet" onClick={() => void onDelete()}>
              Delete
            </Button>
            <ButtonLink href={`/discover/scans/new?universe=${id}`} variant="primary">
              Scan this universe
            </ButtonLink>
          </>
        }
      />
      <UniverseForm
        key={universe.updatedAtMs}
        draftName={`universe-${id}`}
        submitLabel="Save changes"
        universe={universe}
        onSubmit={async (input) => {
          await client.universes.update.mutate({ id, ...input });
          await refresh();
          toast({ title: "Saved", tone: "good" });
        }}
      />
      <div className="mt-6">
        <SchedulePanel universe={universe} />
      </div>
    </>
  );
}
