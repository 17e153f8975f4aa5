"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { StrategyVersionView, StrategyView } from "#contracts/strategy.ts";
import { Badge } from "#ui/badge.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { BacktestTable } from "../../backtests/backtest-table.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { booksInWords } from "../books-in-words.ts";
import type { SettingsWords } from "../config-rows.ts";
import { SeenBarsNotice } from "../seen-bars-notice.tsx";
import { seenBarsRefusals } from "../seen-bars-refusals.ts";
import { settingsDiff } from "../settings-diff.ts";
import { SettingsGroups } from "../settings-groups.tsx";
import { STRATEGY_KIND_LABELS } from "../strategy-kind-labels.ts";
import { VersionDiff } from "../version-diff-panel.tsx";
import { VersionList } from "../version-list.tsx";
import { StrategyActions } from "./strategy-actions.tsx";

/** Settings of every version in words, by its id. */
type VersionSettings = Readonly<Record<string, SettingsWords>>;

export function StrategyPageView({ id, settings }: { id: string; settings: VersionSettings }) {
  const trpc = useTRPC();
  const { data: strategy } = useSuspenseQuery(trpc.strategies.get.queryOptions({ id }));
  const { params } = useUrlState();
  const [newest] = strategy.versions;
  useNewWords(strategy.versions.some((one) => settings[one.id] === undefined));
  const wanted = Number(params.get("version"));
  const version = strategy.versions.find((one) => one.version === wanted) ?? newest;
  // A strategy is saved together with its first version, so there always is one.
  if (version === undefined) return null;
  return (
    <>
      <PageHeader
        title={strategy.name}
        lead={`${STRATEGY_KIND_LABELS[version.config.kind]} on ${booksInWords(version.books)}. ${strategy.notes}`}
        breadcrumbs={[{ label: "Strategies", href: "/strategies" }]}
        badges={
          <>
            {strategy.synthetic ? <SyntheticBadge /> : null}
            {strategy.archived ? <Badge>Archived</Badge> : null}
            {strategy.tags.map((tag) => (
              <Badge key={tag} tone="accent">
                {tag}
              </Badge>
            ))}
          </>
        }
        actions={<StrategyActions strategy={strategy} version={version} />}
      />
      <div className="mb-4 empty:hidden">
        <SeenBarsNotice refusals={seenBarsRefusals([version])} />
      </div>
      <StrategyTabs strategy={strategy} version={version} settings={settings} />
    </>
  );
}

function StrategyTabs(props: {
  strategy: StrategyView;
  version: StrategyVersionView;
  settings: VersionSettings;
}) {
  const { strategy, version, settings } = props;
  const words = settings[version.id];
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const { data: backtests } = useSuspenseQuery(
    trpc.backtests.list.queryOptions({ strategyId: strategy.id }),
  );
  return (
    <Tabs
      ariaLabel="Parts of the strategy"
      value={params.get("view") ?? "settings"}
      onValueChange={(view) => set({ view: view === "settings" ? null : view })}
      tabs={[
        {
          id: "settings",
          label: `Version ${version.version}`,
          content:
            words === undefined ? <Skeleton className="h-96" /> : <SettingsGroups {...words} />,
        },
        {
          id: "versions",
          label: "Versions",
          count: strategy.versions.length,
          content: (
            <VersionList
              versions={strategy.versions}
              shown={version.version}
              onShow={(number) => set({ version: String(number), view: null })}
              usesOf={({ backtestCount }) =>
                `${backtestCount} ${backtestCount === 1 ? "backtest" : "backtests"}`
              }
            />
          ),
        },
        {
          id: "compare",
          label: "Compare",
          content: (
            <VersionDiff
              versions={strategy.versions.filter(({ id }) => settings[id] !== undefined)}
              diffOf={(before, after) =>
                settingsDiff(settings[before.id]?.groups ?? [], settings[after.id]?.groups ?? [])
              }
              emptyWords="There is one version. Edit the strategy to make a second; the first stays as it is."
            />
          ),
        },
        {
          id: "backtests",
          label: "Backtests",
          count: backtests.length,
          content: <BacktestTable strategyId={strategy.id} />,
        },
      ]}
    />
  );
}

/** Versions that were saved elsewhere since the page was made have no words yet: they are asked for. */
function useNewWords(isBehind: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (isBehind) router.refresh();
  }, [isBehind, router]);
}
