"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { OwnReport } from "#contracts/packed-report.ts";
import { Button } from "#ui/button.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useUndoableDelete } from "../../discover/use-undoable-delete.ts";
import { LazyNotesDialog } from "../lazy-notes-dialog.tsx";
import type { ReportMenuItem } from "../report/report-menu.tsx";
import { ShareDialog } from "./share-dialog.tsx";

/** What an owner can do with a backtest; a finished one can be shared as well. */
export function useBacktestActions(view: OwnReport): {
  readonly actions: ReactNode;
  readonly menuItems: readonly ReportMenuItem[];
} {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [dialog, setDialog] = useState<"none" | "share" | "notes">("none");
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
  const { strategyId, strategyVersion, report } = view;
  const close = () => setDialog("none");
  return {
    menuItems: [
      { label: "Tags and notes", onSelect: () => setDialog("notes") },
      { label: "Delete", onSelect: () => void onDelete() },
    ],
    actions: (
      <>
        {strategyId === null ? (
          <span className="px-2 text-sm text-muted">Strategy deleted</span>
        ) : (
          <ButtonLink href={`/strategies/${strategyId}?version=${strategyVersion.version}`}>
            Strategy
          </ButtonLink>
        )}
        {report === null ? null : (
          <Button variant="primary" onClick={() => setDialog("share")}>
            Share
          </Button>
        )}
        {dialog === "share" ? <ShareDialog backtestId={view.id} onClose={close} /> : null}
        {dialog === "notes" ? (
          <LazyNotesDialog id={view.id} tags={view.tags} notes={view.notes} onClose={close} />
        ) : null}
      </>
    ),
  };
}
