"use client";

import { useToast } from "#ui/toast.tsx";

type DeleteActions = {
  readonly remove: (id: string) => Promise<unknown>;
  readonly restore: (id: string) => Promise<unknown>;
  /** Brings lists up to date after either. */
  readonly refresh: () => Promise<unknown>;
};

/** Deletes at once and offers to undo it: no question is asked where nothing is lost. */
export function useUndoableDelete({ remove, restore, refresh }: DeleteActions) {
  const toast = useToast();
  const failed = (title: string) =>
    toast({ title, description: "Nothing was changed. Try again in a moment.", tone: "bad" });

  const undo = async (id: string, name: string) => {
    try {
      await restore(id);
      await refresh();
      toast({ title: `${name} is back` });
    } catch {
      // The reason is the server's to log; the person needs to know that it is still deleted.
      failed(`${name} could not be restored`);
    }
  };

  return async (id: string, name: string): Promise<boolean> => {
    try {
      await remove(id);
      await refresh();
    } catch {
      // As above: nothing was deleted, and that is what counts here.
      failed(`${name} could not be deleted`);
      return false;
    }
    toast({
      title: `${name} is deleted`,
      action: { label: "Undo", onAct: () => void undo(id, name) },
    });
    return true;
  };
}
