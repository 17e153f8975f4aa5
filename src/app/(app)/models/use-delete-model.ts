"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";

/** Deletes a model and offers to undo it. */
export function useDeleteModel() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useUndoableDelete({
    remove: (id) => client.models.delete.mutate({ id }),
    restore: (id) => client.models.restore.mutate({ id }),
    // Only the list: the query of a page that was deleted would answer "not found".
    refresh: () => queryClient.invalidateQueries(trpc.models.list.queryFilter()),
  });
}
