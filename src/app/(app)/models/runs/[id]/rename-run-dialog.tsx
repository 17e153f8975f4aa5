"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { LearningRunView } from "#contracts/learning-run.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../../../trpc-client.tsx";

const NAME_MAX = 80;

type Props = { run: Pick<LearningRunView, "id" | "name">; onClose: () => void };

export function RenameRunDialog({ run, onClose }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const [name, setName] = useState(run.name);
  const { mutate, error, isPending } = useMutation(
    trpc.learningRuns.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.learningRuns.pathFilter());
        onClose();
      },
    }),
  );
  const missing = name.trim() === "" ? "Give the run a name" : undefined;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending && missing === undefined) mutate({ id: run.id, name });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename the run"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={isPending}
            disabled={missing !== undefined}
          >
            Save
          </Button>
        </>
      }
    >
      <form method="post" id={formId} noValidate onSubmit={onSubmit}>
        <TextField
          label="Name"
          autoComplete="off"
          maxLength={NAME_MAX}
          value={name}
          error={missing ?? (error === null ? undefined : toMessage(error))}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
