"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ChangeEvent, type FormEvent, useId, useState } from "react";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS, fieldAria } from "#ui/field-aria.ts";
import { Notice } from "#ui/notice.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { type ModelFileReading, readModelFile } from "./read-model-file.ts";

/** Takes a model from a file that was downloaded here or elsewhere. */
export function ImportModelButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Import</Button>
      {isOpen ? <ImportDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const FORM_ID = "import-model";
const NAME_MAX = 80;

function ImportDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const [reading, setReading] = useState<ModelFileReading | null>(null);
  const [name, setName] = useState("");
  const { mutate, error, isPending, reset } = useMutation(
    trpc.models.import.mutationOptions({
      onSuccess: async ({ modelId }) => {
        await queryClient.invalidateQueries(trpc.models.list.queryFilter());
        toast({ title: `“${name.trim()}” is imported as a draft`, tone: "good" });
        router.push(`/models/${modelId}`);
      },
    }),
  );
  const onChoose = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    reset();
    if (chosen === undefined) {
      setReading(null);
      return;
    }
    const next = readModelFile(chosen.name, await chosen.text());
    setReading(next);
    if (next.kind === "read" && name === "") setName(next.name);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (reading?.kind !== "read" || isPending) return;
    mutate({ name: name.trim(), file: reading.text });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Import a model"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={FORM_ID}
            variant="primary"
            busy={isPending}
            disabled={reading?.kind !== "read" || name.trim() === ""}
          >
            Import
          </Button>
        </>
      }
    >
      <form method="post" id={FORM_ID} onSubmit={onSubmit} className="flex flex-col gap-4">
        {error === null ? null : (
          <Notice tone="bad" title="The model was not imported" announce>
            {toMessage(error)}
          </Notice>
        )}
        <p className="text-muted">
          The file of a version, as it is downloaded from its page. It becomes a new model in draft,
          with the card that it brings along.
        </p>
        <FileField
          error={reading?.kind === "refused" ? reading.message : undefined}
          onChange={(event) => void onChoose(event)}
        />
        <TextField
          label="Name"
          autoComplete="off"
          maxLength={NAME_MAX}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

function FileField(props: {
  error: string | undefined;
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
}) {
  const id = useId();
  return (
    <Field label="File" htmlFor={id} error={props.error}>
      <input
        {...fieldAria(id, { help: false, error: props.error !== undefined })}
        id={id}
        type="file"
        accept="application/json,.json"
        onChange={props.onChange}
        className={`${CONTROL_CLASS} py-1.5 file:mr-3 file:border-0 file:bg-transparent file:font-medium`}
      />
    </Field>
  );
}
