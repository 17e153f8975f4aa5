"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";

/** What can be done with a whole strategy, on its page and in its row. */
export function useStrategyActions(id: string, name: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  // Only the list: the query of a page whose strategy was deleted would answer "not found".
  const refreshList = () => queryClient.invalidateQueries(trpc.strategies.list.queryFilter());
  const deleteStrategy = useUndoableDelete({
    remove: () => client.strategies.delete.mutate({ id }),
    restore: () => client.strategies.restore.mutate({ id }),
    refresh: refreshList,
  });

  const duplicate = async () => {
    try {
      const copy = await client.strategies.duplicate.mutate({ id });
      await refreshList();
      toast({ title: `“${name}” is duplicated`, tone: "good" });
      router.push(`/strategies/${copy.id}`);
    } catch (error) {
      toast({ title: "It was not duplicated", description: toMessage(error), tone: "bad" });
    }
  };

  return { duplicate, remove: () => deleteStrategy(id, `“${name}”`) };
}
