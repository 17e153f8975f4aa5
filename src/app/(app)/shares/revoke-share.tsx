"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ShareView } from "#contracts/share.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { shareName } from "./share-name.ts";

/** Revoking cannot be undone (the token is known to nobody but its holders), so it asks first. */
export function RevokeShare({ share }: { share: ShareView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const name = shareName(share);
  const { mutate, isPending } = useMutation(
    trpc.shares.revoke.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.shares.list.queryFilter());
        setAsking(false);
        toast({ title: `“${name}” is revoked` });
      },
      onError: (error) =>
        toast({ title: "The link was not revoked", description: toMessage(error), tone: "bad" }),
    }),
  );
  return (
    <>
      <Button size="sm" aria-label={`Revoke ${name}`} onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Revoke “${name}”?`}
        body="Whoever has the link can no longer open it. This cannot be undone; you can make a new link."
        confirmLabel="Revoke"
        busy={isPending}
        onConfirm={() => mutate({ id: share.id })}
      />
    </>
  );
}
