"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { LiveSnapshot, WatchedPairView } from "#contracts/live-message.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useLiveSnapshot } from "../../../live-events.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { ConnectionBadge } from "../connection-badge.tsx";
import { alertRuleHref } from "../live-hrefs.ts";
import { settingsInWords } from "../live-words.ts";
import { useWatchActions } from "../use-watch-actions.ts";
import { LiveAnnouncer } from "./live-announcer.tsx";
import { LiveChartsPanel } from "./live-charts-panel.tsx";
import { LiveFigures } from "./live-figures.tsx";
import { LiveReasons, LiveSignal } from "./live-signal.tsx";
import { LiveTables } from "./live-tables.tsx";

/** One pair as it stands now, and what it did lately. */
export function LivePairView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: pair } = useSuspenseQuery(trpc.watch.get.queryOptions({ id }));
  const snapshot = useLiveSnapshot(pair.livePairId, pair.snapshot);
  const { symbolY, symbolX, settings } = pair;
  return (
    <>
      <PageHeader
        title={`${symbolY} / ${symbolX}`}
        lead={settingsInWords(settings)}
        breadcrumbs={[{ label: "Live", href: "/live" }]}
        badges={
          <>
            {pair.synthetic ? <SyntheticBadge label="Simulated" /> : null}
            <ConnectionBadge />
          </>
        }
        actions={
          <>
            <ButtonLink href={`/live/new?from=${id}`}>Change settings</ButtonLink>
            <ButtonLink href={alertRuleHref(pair)} variant="primary">
              Alert me
            </ButtonLink>
          </>
        }
      />
      <LiveAnnouncer pair={pair} snapshot={snapshot} />
      <Standing pair={pair} snapshot={snapshot} />
      {/* On a phone the signal stands before the charts, on a desk beside them. */}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px] lg:grid-rows-[auto_1fr]">
        <div className="lg:col-start-2">
          <LiveSignal snapshot={snapshot} />
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <LiveChartsPanel pair={pair} snapshot={snapshot} />
        </div>
        <div className="grid gap-4 sm:grid-cols-2 lg:col-start-2 lg:grid-cols-1">
          <LiveFigures pair={pair} snapshot={snapshot} />
          <LiveReasons pair={pair} snapshot={snapshot} />
        </div>
      </div>
      <LiveTables pair={pair} barOpenMs={snapshot?.bar?.openTimeMs ?? null} />
    </>
  );
}

/** Why there are no fresh figures, where there are none. */
function Standing({ pair, snapshot }: { pair: WatchedPairView; snapshot: LiveSnapshot | null }) {
  const { restore } = useWatchActions(pair);
  if (pair.retiredAtMs !== null) {
    return (
      <div className="mb-4">
        <Notice
          title="Retired"
          action={
            <Button size="sm" onClick={() => void restore()}>
              Watch again
            </Button>
          }
        >
          {pair.retiredReason} The figures are those of its last day on watch.
        </Notice>
      </div>
    );
  }
  const state = snapshot?.state ?? "waiting";
  if (state === "live") return null;
  const bars = snapshot?.bar ?? null;
  const words: Record<Exclude<typeof state, "live">, string> = {
    waiting: "The first trades of both legs are on their way; history is fetched meanwhile.",
    "insufficient-data":
      bars === null
        ? "There are too few bars for a z-score yet."
        : `${bars.bars} of the ${bars.barsNeeded} bars that a z-score needs are here.`,
    stale: "No trade has arrived for a while: what is shown is as of the last one.",
    halted: "The venue has halted a leg: nothing can be traded.",
  };
  return (
    <div className="mb-4">
      <Notice tone={state === "halted" || state === "stale" ? "warn" : "neutral"}>
        {snapshot?.stateReason ?? words[state]}
      </Notice>
    </div>
  );
}
