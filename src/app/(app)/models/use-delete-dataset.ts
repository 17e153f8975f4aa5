"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";

/** Deletes a dataset and offers to undo it. Runs on it stay. */
export function useDeleteDataset() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useUndoableDelete({
    remove: (id) => client.datasets.delete.mutate({ id }),
    restore: (id) => client.datasets.restore.mutate({ id }),
    // Only the list: the query of a page that was deleted would answer "not found".
    refresh: () => queryClient.invalidateQueries(trpc.datasets.list.queryFilter()),
  });
}
