"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { StrategyName, type StrategyView } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";

const Naming = z.object({ name: StrategyName, notes: z.string().trim().max(2_000) });

const FORM_ID = "rename-strategy";

export function RenameDialog(props: { strategy: StrategyView; onClose: () => void }) {
  const { strategy, onClose } = props;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Naming),
    mode: "onChange",
    defaultValues: { name: strategy.name, notes: strategy.notes },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(async (naming) => {
    try {
      await client.strategies.rename.mutate({ id: strategy.id, ...naming });
      await queryClient.invalidateQueries(trpc.strategies.pathFilter());
      onClose();
    } catch (error) {
      form.setError("name", { message: toMessage(error) });
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename the strategy"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" form={FORM_ID} variant="primary" busy={isSubmitting}>
            Save name
          </Button>
        </>
      }
    >
      <form
        method="post"
        id={FORM_ID}
        noValidate
        onSubmit={(event) => void save(event)}
        className="flex flex-col gap-4"
      >
        <TextField
          label="Name"
          autoComplete="off"
          error={errors.name?.message}
          {...form.register("name")}
        />
        <TextField
          label="Notes"
          optional
          autoComplete="off"
          error={errors.notes?.message}
          {...form.register("notes")}
        />
      </form>
    </Dialog>
  );
}
