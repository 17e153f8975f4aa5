"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BacktestListItem } from "#contracts/backtest.ts";
import { COMPARED_MAX } from "#contracts/compared-max.ts";
import { Button } from "#ui/button.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";
import { hasReport } from "../home/latest-reports.tsx";
import { LazyNotesDialog } from "./lazy-notes-dialog.tsx";

/** What can be done with the chosen backtests. */
export function SelectedBacktests(props: {
  items: readonly BacktestListItem[];
  onDone: () => void;
}) {
  const { items, onDone } = props;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isStarting, setStarting] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const refresh = () => queryClient.invalidateQueries(trpc.backtests.list.pathFilter());
  const each = (act: (id: string) => Promise<unknown>) =>
    Promise.all(items.map(({ id }) => act(id)));
  const deleteAll = useUndoableDelete({
    remove: () => each((id) => client.backtests.delete.mutate({ id })),
    restore: () => each((id) => client.backtests.restore.mutate({ id })),
    refresh,
  });
  const runAgain = async () => {
    setStarting(true);
    try {
      // One after the other: each view holds a whole report.
      for (const { id } of items) {
        const { strategyVersion, plan } = await client.backtests.get.query({ id });
        await client.backtests.start.mutate({ strategyVersionId: strategyVersion.id, plan });
      }
      toast({ title: `${countWords(items.length)} started again` });
      onDone();
    } catch (error) {
      toast({
        title: "Not all could be started again",
        description: toMessage(error),
        tone: "bad",
      });
    }
    await refresh();
    setStarting(false);
  };
  const comparable = items.filter(hasReport);
  const canCompare = comparable.length >= 2 && comparable.length <= COMPARED_MAX;
  const [only] = items;
  return (
    <section
      aria-label="Chosen backtests"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-3 py-2 text-sm"
    >
      <span className="mr-2 font-medium">{countWords(items.length)} chosen</span>
      {canCompare ? (
        <ButtonLink
          href={`/backtests/compare?ids=${comparable.map(({ id }) => id).join(",")}`}
          size="sm"
          variant="primary"
        >
          Compare
        </ButtonLink>
      ) : (
        <span className="text-[13px] text-muted">
          {comparable.length < 2
            ? "Choose two with a report to compare them."
            : `Up to ${COMPARED_MAX} can be compared.`}
        </span>
      )}
      <Button size="sm" busy={isStarting} onClick={() => void runAgain()}>
        Run again
      </Button>
      {items.length === 1 ? (
        <Button size="sm" onClick={() => setEditing(true)}>
          Tags and notes
        </Button>
      ) : null}
      <Button
        size="sm"
        variant="quiet"
        onClick={() => {
          onDone();
          void deleteAll("", countWords(items.length));
        }}
      >
        Delete
      </Button>
      <Button size="sm" variant="quiet" onClick={onDone} className="ml-auto">
        Choose none
      </Button>
      {isEditing && only !== undefined ? (
        <LazyNotesDialog
          id={only.id}
          tags={only.tags}
          notes={only.notes}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </section>
  );
}

function countWords(count: number): string {
  return `${count} ${count === 1 ? "backtest" : "backtests"}`;
}
