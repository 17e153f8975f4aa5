"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { ReasonField } from "./reason-field.tsx";

type Props = {
  modelId: string;
  /** The version that it leads to, and the one that is live now; null: none. */
  target: number;
  live: number | null;
  onClose: () => void;
};

/** Makes the version live again that was before the present one. */
export function RollBackDialog({ modelId, target, live, onClose }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const { mutate, error, isPending } = useMutation(
    trpc.models.rollBack.mutationOptions({
      onSuccess: async ({ version }) => {
        await queryClient.invalidateQueries(trpc.models.pathFilter());
        onClose();
        toast({ title: `Version ${version} is live again`, tone: "good" });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Roll back to version ${target}`}
      tone="primary"
      confirmLabel="Roll back"
      busy={isPending}
      onConfirm={() => mutate({ id: modelId, reason })}
      body={
        <div className="flex flex-col gap-4">
          {error === null ? null : (
            <Notice tone="bad" title="Nothing was rolled back" announce>
              {toMessage(error)}
            </Notice>
          )}
          <p>
            Version {target} was live before.{" "}
            {live === null
              ? "It answers for the model again."
              : `It answers for the model again, and version ${live} becomes a candidate.`}
          </p>
          <ReasonField value={reason} onChange={setReason} />
        </div>
      }
    />
  );
}
