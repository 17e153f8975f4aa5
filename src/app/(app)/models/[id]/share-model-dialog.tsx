"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc-client.tsx";
import { LinkDialog } from "../../shares/link-dialog.tsx";

type Props = { versionId: string; version: number; onClose: () => void };

/** Makes a link that opens the model card of a version without an account, and shows it once. */
export function ShareModelDialog({ versionId, version, onClose }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, data, error, isPending } = useMutation(
    trpc.shares.createModel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.shares.list.queryFilter()),
    }),
  );
  return (
    <LinkDialog
      title={`Share version ${version}`}
      lead="Whoever has the link can read the model card of this version and where it stands; not the file, the notes, the history or who made it. No account is needed. You can revoke it at any time."
      path={data?.path ?? null}
      error={error}
      busy={isPending}
      onCreate={(link) => mutate({ modelVersionId: versionId, ...link })}
      onClose={onClose}
    />
  );
}
