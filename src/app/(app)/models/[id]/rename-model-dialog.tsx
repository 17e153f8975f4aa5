"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ModelView } from "#contracts/model.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { NamingDialog } from "../naming-dialog.tsx";

export function RenameModelDialog({ model, onClose }: { model: ModelView; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation(
    trpc.models.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.models.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <NamingDialog
      named={model}
      what="model"
      notesHelp="No link shows them."
      onSave={(naming) => mutate({ id: model.id, ...naming })}
      isSaving={isPending}
      error={error}
      onClose={onClose}
    />
  );
}
