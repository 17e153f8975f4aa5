"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { downloadText } from "#ui/download-text.ts";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";
import { strategyFileName } from "./strategy-file-name.ts";

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
  const failed = (title: string, error: unknown) =>
    toast({ title, description: toMessage(error), tone: "bad" });

  const duplicate = async () => {
    try {
      const copy = await client.strategies.duplicate.mutate({ id });
      await refreshList();
      toast({ title: `“${name}” is duplicated`, tone: "good" });
      router.push(`/strategies/${copy.id}`);
    } catch (error) {
      failed("It was not duplicated", error);
    }
  };

  const setArchived = async (archived: boolean) => {
    try {
      if (archived) await client.strategies.archive.mutate({ id });
      else await client.strategies.unarchive.mutate({ id });
      await queryClient.invalidateQueries(trpc.strategies.pathFilter());
      toast({
        title: archived ? `“${name}” is archived` : `“${name}” is out of the archive`,
        action: { label: "Undo", onAct: () => void setArchived(!archived) },
      });
    } catch (error) {
      failed("Nothing was changed", error);
    }
  };

  const exportFile = async () => {
    try {
      const file = await client.strategies.exportFile.query({ id });
      downloadText(strategyFileName(name), JSON.stringify(file, null, 2), "application/json");
    } catch (error) {
      failed("It was not exported", error);
    }
  };

  return {
    duplicate,
    setArchived,
    exportFile,
    remove: () => deleteStrategy(id, `“${name}”`),
  };
}
