import type { Metadata } from "next";
import { EmptyState } from "#ui/empty-state.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { CompareView } from "./compare-view.tsx";
import { comparedIds } from "./compared-ids.ts";

export const metadata: Metadata = { title: "Compare backtests" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ComparePage({ searchParams }: Props) {
  await requireViewer();
  const { ids: text } = await searchParams;
  const ids = comparedIds(typeof text === "string" ? text : null);
  if (ids.length < 2) {
    return (
      <EmptyState
        title="Choose what to compare"
        action={
          <ButtonLink href="/backtests" variant="primary">
            Choose backtests
          </ButtonLink>
        }
      >
        Select two to six finished backtests in the list, and choose Compare.
      </EmptyState>
    );
  }
  await loadOrNotFound(trpc.backtests.compare.queryOptions({ ids }));
  return (
    <HydrateClient>
      <CompareView />
    </HydrateClient>
  );
}
