"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import type { StrategyVersionView, StrategyView } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { BacktestTable } from "../../backtests/backtest-table.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { useStrategyActions } from "../use-strategy-actions.ts";
import { VersionDiff } from "../version-diff-panel.tsx";
import { VersionList } from "../version-list.tsx";
import { VersionSettings } from "../version-settings.tsx";
import { useStartBacktest } from "./use-start-backtest.ts";

// Loaded when it is first opened: a form with its checks weighs as much as the rest of the page.
const RenameDialog = lazy(async () => ({
  default: (await import("./rename-dialog.tsx")).RenameDialog,
}));

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
        lead={`Z-score reversion on ${version.legY.symbol} / ${version.legX.symbol}. ${strategy.notes}`}
        breadcrumbs={[{ label: "Strategies", href: "/strategies" }]}
        badges={strategy.synthetic ? <SyntheticBadge /> : null}
        actions={<Actions strategy={strategy} version={version} />}
      />
      <StrategyTabs strategy={strategy} version={version} />
    </>
  );
}

function Actions({ strategy, version }: { strategy: StrategyView; version: StrategyVersionView }) {
  const { id, name } = strategy;
  const router = useRouter();
  const { duplicate, remove } = useStrategyActions(id, name);
  const { start, isStarting } = useStartBacktest();
  const [isRenaming, setRenaming] = useState(false);
  const onDelete = async () => {
    if (await remove()) router.push("/strategies");
  };
  return (
    <>
      <Button variant="quiet" onClick={() => void onDelete()}>
        Delete
      </Button>
      <Button variant="quiet" onClick={() => void duplicate()}>
        Duplicate
      </Button>
      <Button variant="quiet" onClick={() => setRenaming(true)}>
        Rename
      </Button>
      <ButtonLink href={`/strategies/${id}/edit?version=${version.version}`}>Edit</ButtonLink>
      <Button variant="primary" busy={isStarting} onClick={() => start(version.id)}>
        Backtest this version
      </Button>
      {isRenaming ? (
        <Suspense fallback={null}>
          <RenameDialog strategy={strategy} onClose={() => setRenaming(false)} />
        </Suspense>
      ) : null}
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
          content: <VersionSettings version={version} />,
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
            />
          ),
        },
        {
          id: "compare",
          label: "Compare",
          content: <VersionDiff versions={strategy.versions} />,
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
