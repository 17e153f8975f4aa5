"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { plainText } from "#contracts/plain-text.ts";
import { StrategyName, type StrategyView, Tags } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS, fieldAria } from "#ui/field-aria.ts";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { inputWords } from "../input-words.ts";
import { tagsOf } from "../tags-of.ts";

const Naming = z.object({
  name: StrategyName,
  notes: plainText(10_000),
  tags: z.string().transform(tagsOf).pipe(Tags),
});

const FORM_ID = "rename-strategy";
const NOTES_ID = "rename-notes";

export function RenameDialog(props: { strategy: StrategyView; onClose: () => void }) {
  const { strategy, onClose } = props;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Naming, { error: inputWords }),
    mode: "onChange",
    defaultValues: {
      name: strategy.name,
      notes: strategy.notes,
      tags: strategy.tags.join(", "),
    },
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
      title="Name, tags and notes"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" form={FORM_ID} variant="primary" busy={isSubmitting}>
            Save
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
          label="Tags"
          unit="commas between"
          optional
          autoComplete="off"
          error={errors.tags?.message}
          {...form.register("tags")}
        />
        <Field label="Notes" optional htmlFor={NOTES_ID} error={errors.notes?.message}>
          <textarea
            {...form.register("notes")}
            {...fieldAria(NOTES_ID, { help: false, error: errors.notes !== undefined })}
            id={NOTES_ID}
            rows={5}
            className={`${CONTROL_CLASS} h-auto py-1.5`}
          />
        </Field>
      </form>
    </Dialog>
  );
}
