"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { DatasetView } from "#contracts/dataset.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { NamingDialog } from "../../naming-dialog.tsx";

export function RenameDatasetDialog(props: { dataset: DatasetView; onClose: () => void }) {
  const { dataset, onClose } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation(
    trpc.datasets.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.datasets.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <NamingDialog
      named={dataset}
      what="dataset"
      onSave={(naming) => mutate({ id: dataset.id, ...naming })}
      isSaving={isPending}
      error={error}
      onClose={onClose}
    />
  );
}
