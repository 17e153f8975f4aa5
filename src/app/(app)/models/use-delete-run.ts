"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";

/** Deletes a run and offers to undo it. Models that were registered from it stay. */
export function useDeleteRun() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useUndoableDelete({
    remove: (id) => client.learningRuns.delete.mutate({ id }),
    restore: (id) => client.learningRuns.restore.mutate({ id }),
    // Only lists: the query of a page that was deleted would answer "not found". Datasets count their runs.
    refresh: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.learningRuns.list.pathFilter()),
        queryClient.invalidateQueries(trpc.datasets.list.queryFilter()),
      ]),
  });
}
