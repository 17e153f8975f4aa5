"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useSyncExternalStore } from "react";
import type { FeedStatus } from "#contracts/feed.ts";
import type { WatchedPairView } from "#contracts/live-message.ts";
import { Badge } from "#ui/badge.tsx";
import { formatInteger } from "#ui/format.ts";
import { UiLink } from "#ui/link-context.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { useLiveSnapshot } from "../../live-events.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { SEVERITIES } from "../alerts/rule-words.ts";
import { FEED_STATES } from "../feed/feed-words.ts";
import { FreshnessCell, SignalCell, ZScoreCell } from "../live/live-cells.tsx";

const STATUS_MS = 10_000;
const subscribeNever = () => () => {};

/** What the market asks for now: alerts that nobody has seen, the feed, pairs beyond their threshold. */
export function LiveNow() {
  const trpc = useTRPC();
  const { data: watched } = useQuery(trpc.watch.list.queryOptions());
  const { data: open } = useQuery(trpc.alerts.unacknowledgedCount.queryOptions());
  const { data: status } = useQuery({
    ...trpc.feed.status.queryOptions(),
    refetchInterval: STATUS_MS,
  });
  // The stream of events can change all of it before the server's page has come to life.
  const isBrowser = useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false,
  );
  const pairs = isBrowser ? watched?.filter(({ retiredAtMs }) => retiredAtMs === null) : undefined;
  const alerts = isBrowser ? open : undefined;
  return (
    <Panel title="Live now" flush>
      <dl className="grid grid-cols-2 gap-4 border-b border-line px-4 py-3 text-sm">
        <Fact label="Alerts nobody has seen">
          <UiLink href="/alerts?open=1" className="font-medium hover:underline">
            {formatInteger(alerts?.count)}
          </UiLink>{" "}
          {alerts === undefined || alerts.worst === null ? null : (
            <Badge tone={SEVERITIES[alerts.worst].tone}>{SEVERITIES[alerts.worst].label}</Badge>
          )}
        </Fact>
        <Fact label="Feed">
          <UiLink href="/feed" className="hover:underline">
            {isBrowser && status !== undefined ? <FeedBadge feeds={status.feeds} /> : "–"}
          </UiLink>
        </Fact>
      </dl>
      <ul>
        {(pairs ?? []).map((pair) => (
          <InSignal key={pair.id} pair={pair} />
        ))}
      </ul>
      <p className="px-4 py-2.5 text-[13px] text-muted">
        {pairs?.length === 0 ? (
          <>
            No pair is on watch.{" "}
            <UiLink href="/live/new" className="underline">
              Watch a pair
            </UiLink>{" "}
            to see here when it moves beyond its threshold.
          </>
        ) : (
          <>
            Pairs beyond their threshold stand here, of{" "}
            <UiLink href="/live" className="underline">
              {formatInteger(pairs?.length)} on watch
            </UiLink>
            .
          </>
        )}
      </p>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

function FeedBadge({ feeds }: { feeds: readonly FeedStatus[] }) {
  const ill = feeds.find(({ state }) => state !== "running") ?? feeds[0];
  if (ill === undefined) return <Badge tone="bad">Not running</Badge>;
  return <Badge tone={FEED_STATES[ill.state].tone}>{FEED_STATES[ill.state].label}</Badge>;
}

/** A row of the list as long as the pair is beyond its threshold. */
function InSignal({ pair }: { pair: WatchedPairView }) {
  const signal = useLiveSnapshot(pair.livePairId, pair.snapshot)?.signal ?? "none";
  if (signal !== "long" && signal !== "short") return null;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-sm">
      <UiLink href={`/live/${pair.id}`} className="font-medium hover:underline">
        {pair.symbolY} / {pair.symbolX}
      </UiLink>
      {pair.synthetic ? <SyntheticBadge label="Simulated" /> : null}
      <span className="ml-auto flex items-center gap-3">
        <SignalCell pair={pair} />
        <ZScoreCell pair={pair} />
        <span className="text-muted">
          <FreshnessCell pair={pair} />
        </span>
      </span>
    </li>
  );
}
