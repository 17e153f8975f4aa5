"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Badge } from "#ui/badge.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { useUrlState } from "../discover/use-url-state.ts";
import { FeedEvents } from "./feed-events.tsx";
import { FeedProcesses } from "./feed-processes.tsx";
import { BarDifferences, Gaps, Proofs } from "./ledger.tsx";

/** A feed writes its status once a second. */
const STATUS_MS = 2_000;

/** Whether every trade is here, and how the feed that brings them is doing. */
export function FeedView({ mayAskAgain }: { mayAskAgain: boolean }) {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const { data } = useSuspenseQuery({
    ...trpc.feed.status.queryOptions(),
    refetchInterval: STATUS_MS,
  });
  const gaps = useQuery({
    ...trpc.feed.gaps.queryOptions({ state: "open" }),
    refetchInterval: STATUS_MS,
  });
  const { venue, feeds } = data;
  return (
    <>
      <PageHeader
        title="Feed"
        lead="Every trade of the venue has a number. The ledger proves which are stored, and says why and for how long any was missing."
        badges={
          venue === null ? null : isSynthetic(venue) ? (
            <SyntheticBadge label={venueName(venue)} />
          ) : (
            <Badge>{venueName(venue)}</Badge>
          )
        }
      />
      {feeds.length === 0 ? (
        <Panel className="mb-6">
          <EmptyState title="No feed is running">
            {venue === null
              ? "It starts with the application. Its log says what keeps it."
              : "What is shown is what was stored before. Trades made meanwhile are fetched when it runs again."}
          </EmptyState>
        </Panel>
      ) : (
        <FeedProcesses feeds={feeds} />
      )}
      <Tabs
        ariaLabel="Ledger"
        value={params.get("tab") ?? "proof"}
        onValueChange={(tab) => set({ tab: tab === "proof" ? null : tab })}
        tabs={[
          { id: "proof", label: "Proof", content: <Proofs /> },
          {
            id: "gaps",
            label: "Gaps",
            count: gaps.data?.length ?? 0,
            content: <Gaps mayAskAgain={mayAskAgain} />,
          },
          { id: "bars", label: "Bars against klines", content: <BarDifferences /> },
          { id: "events", label: "Events", content: <FeedEvents /> },
        ]}
      />
    </>
  );
}
