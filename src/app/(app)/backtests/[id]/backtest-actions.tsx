"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { BacktestView } from "#contracts/backtest.ts";
import { Button } from "#ui/button.tsx";
import { buttonClass } from "#ui/button-class.ts";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useUndoableDelete } from "../../discover/use-undoable-delete.ts";
import { NotesDialog } from "../notes-dialog.tsx";
import { reportJsonPath } from "../report/report-exports.ts";
import { ShareDialog } from "./share-dialog.tsx";

/** What an owner can do with a backtest; a report can be kept and shared as well. */
export function BacktestActions(props: { view: BacktestView; isFinished: boolean }) {
  const { view, isFinished } = props;
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
  const { strategyId, strategyVersion } = view;
  const close = () => setDialog("none");
  return (
    <>
      <Button variant="quiet" onClick={() => void onDelete()}>
        Delete
      </Button>
      <Button variant="quiet" onClick={() => setDialog("notes")}>
        Tags and notes
      </Button>
      {isFinished ? (
        <a
          href={reportJsonPath({ kind: "own", id: view.id })}
          download
          className={buttonClass({ variant: "quiet" })}
        >
          JSON
        </a>
      ) : null}
      {strategyId === null ? (
        <span className="px-2 text-sm text-muted">Strategy deleted</span>
      ) : (
        <ButtonLink href={`/strategies/${strategyId}?version=${strategyVersion.version}`}>
          Strategy
        </ButtonLink>
      )}
      {isFinished ? (
        <Button variant="primary" onClick={() => setDialog("share")}>
          Share
        </Button>
      ) : null}
      {dialog === "share" ? <ShareDialog backtestId={view.id} onClose={close} /> : null}
      {dialog === "notes" ? (
        <NotesDialog id={view.id} tags={view.tags} notes={view.notes} onClose={close} />
      ) : null}
    </>
  );
}
