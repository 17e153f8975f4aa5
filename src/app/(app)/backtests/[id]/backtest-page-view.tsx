"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { BacktestView } from "#contracts/backtest.ts";
import { Button } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { isJobActive } from "../../../job-links.ts";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useUndoableDelete } from "../../discover/use-undoable-delete.ts";
import { BacktestReportPage } from "../report/backtest-report-page.tsx";
import { BacktestUnderWay } from "./backtest-under-way.tsx";
import { ShareDialog } from "./share-dialog.tsx";

const POLL_MS = 400;
const BREADCRUMBS = [{ label: "Backtests", href: "/backtests" }];

export function BacktestPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery({
    ...trpc.backtests.get.queryOptions({ id }),
    refetchInterval: (query) => (isBusy(query.state.data) ? POLL_MS : false),
  });
  if (view.report !== null) {
    return (
      <BacktestReportPage
        view={view}
        report={view.report}
        source={{ kind: "own", id }}
        breadcrumbs={BREADCRUMBS}
        actions={<Actions view={view} isFinished />}
      />
    );
  }
  const { version, legY, legX } = view.strategyVersion;
  return (
    <>
      <PageHeader
        title={`${view.strategyName} v${version}`}
        lead={`Backtest on ${legY.symbol} / ${legX.symbol}.`}
        breadcrumbs={BREADCRUMBS}
        badges={view.synthetic ? <SyntheticBadge /> : null}
        actions={<Actions view={view} isFinished={false} />}
      />
      <BacktestUnderWay view={view} />
    </>
  );
}

function Actions({ view, isFinished }: { view: BacktestView; isFinished: boolean }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [isSharing, setSharing] = useState(false);
  const deleteBacktest = useUndoableDelete({
    remove: (id) => client.backtests.delete.mutate({ id }),
    restore: (id) => client.backtests.restore.mutate({ id }),
    // This page's own query would answer "not found", so only the lists are brought up to date.
    refresh: () => queryClient.invalidateQueries(trpc.backtests.list.pathFilter()),
  });
  const onDelete = async () => {
    const name = `The backtest of ${view.strategyName} v${view.strategyVersion.version}`;
    if (await deleteBacktest(view.id, name)) router.push("/backtests");
  };
  const { strategyId, strategyVersion } = view;
  return (
    <>
      <Button variant="quiet" onClick={() => void onDelete()}>
        Delete
      </Button>
      {strategyId === null ? (
        <span className="px-2 text-muted text-sm">Strategy deleted</span>
      ) : (
        <ButtonLink href={`/strategies/${strategyId}?version=${strategyVersion.version}`}>
          Strategy
        </ButtonLink>
      )}
      {isFinished ? (
        <Button variant="primary" onClick={() => setSharing(true)}>
          Share
        </Button>
      ) : null}
      {isSharing ? <ShareDialog backtestId={view.id} onClose={() => setSharing(false)} /> : null}
    </>
  );
}

function isBusy(view: BacktestView | undefined): boolean {
  return view !== undefined && view.job !== null && isJobActive(view.job);
}
