"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { WatchedPairView } from "#contracts/live-message.ts";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";

/** What can be done with a watched pair, in its row and on its page. */
export function useWatchActions(pair: WatchedPairView) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const name = `${pair.symbolY} / ${pair.symbolX}`;
  const { id, instrumentY, instrumentX, settings } = pair;

  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      await queryClient.invalidateQueries(trpc.watch.pathFilter());
      return true;
    } catch (error) {
      toast({ title: "Nothing was changed", description: toMessage(error), tone: "bad" });
      return false;
    }
  };

  const restore = () => attempt(() => client.watch.restore.mutate({ id }));
  return {
    name,
    restore,
    retire: async (reason: string) => {
      if (!(await attempt(() => client.watch.retire.mutate({ id, reason })))) return;
      toast({
        title: `${name} is retired`,
        action: { label: "Undo", onAct: () => void restore() },
      });
    },
    remove: async () => {
      if (!(await attempt(() => client.watch.remove.mutate({ id })))) return;
      const watchAgain = () =>
        attempt(() => client.watch.add.mutate({ instrumentY, instrumentX, settings }));
      toast({
        title: `${name} is no longer watched`,
        action: { label: "Undo", onAct: () => void watchAgain() },
      });
    },
    setNotes: (notes: string) => attempt(() => client.watch.setNotes.mutate({ id, notes })),
    /** Puts the pair at another place of the list, by its ids in the new order. */
    reorder: (ids: string[]) => attempt(() => client.watch.reorder.mutate({ ids })),
  };
}
