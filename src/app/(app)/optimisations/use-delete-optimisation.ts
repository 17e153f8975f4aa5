"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";

/** Deletes an optimisation and offers to undo it. Its trials stay counted as evidence. */
export function useDeleteOptimisation() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useUndoableDelete({
    remove: (id) => client.optimisations.delete.mutate({ id }),
    restore: (id) => client.optimisations.restore.mutate({ id }),
    // Only the list: the query of a page that was deleted would answer "not found".
    refresh: () => queryClient.invalidateQueries(trpc.optimisations.list.pathFilter()),
  });
}
