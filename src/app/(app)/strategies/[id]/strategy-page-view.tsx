"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { StrategyVersionView, StrategyView } from "#contracts/strategy.ts";
import { Badge } from "#ui/badge.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { BacktestTable } from "../../backtests/backtest-table.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { booksInWords } from "../books-in-words.ts";
import { reportConfigOf } from "../config-rows.ts";
import { STRATEGY_KIND_LABELS } from "../strategy-kind-labels.ts";
import { useSymbols } from "../use-symbols.ts";
import { versionDiff } from "../version-diff.ts";
import { VersionDiff } from "../version-diff-panel.tsx";
import { VersionList } from "../version-list.tsx";
import { VersionSettings } from "../version-settings.tsx";
import { StrategyActions } from "./strategy-actions.tsx";

export function StrategyPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: strategy } = useSuspenseQuery(trpc.strategies.get.queryOptions({ id }));
  const { params } = useUrlState();
  const [newest] = strategy.versions;
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
      <StrategyTabs strategy={strategy} version={version} />
    </>
  );
}

function StrategyTabs(props: { strategy: StrategyView; version: StrategyVersionView }) {
  const { strategy, version } = props;
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
          content: <ShownSettings version={version} />,
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
          content: <ComparedVersions versions={strategy.versions} />,
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

function ComparedVersions({ versions }: { versions: readonly StrategyVersionView[] }) {
  const symbolOf = useSymbols();
  return (
    <VersionDiff
      versions={versions}
      diffOf={(before, after) => versionDiff(before, after, symbolOf)}
      emptyWords="There is one version. Edit the strategy to make a second; the first stays as it is."
    />
  );
}

function ShownSettings({ version }: { version: StrategyVersionView }) {
  const symbolOf = useSymbols();
  const { benchmarkInstrument } = version.config;
  return (
    <VersionSettings
      version={{ ...version, config: reportConfigOf(version.config) }}
      books={version.books}
      benchmark={benchmarkInstrument === null ? null : symbolOf(benchmarkInstrument)}
    />
  );
}
