"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS, fieldAria } from "#ui/field-aria.ts";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";

const NAME_MAX = 80;
const NOTES_MAX = 10_000;

type Naming = { readonly name: string; readonly notes: string };

type Props = {
  named: Naming;
  /** "model", "dataset". */
  what: string;
  notesHelp?: string | undefined;
  onSave: (naming: Naming) => void;
  isSaving: boolean;
  error: unknown;
  onClose: () => void;
};

/** What something with versions is called and what is noted about it; neither is part of a version. */
export function NamingDialog(props: Props) {
  const { named, what, notesHelp, onSave, isSaving, error, onClose } = props;
  const formId = useId();
  const notesId = useId();
  const [name, setName] = useState(named.name);
  const [notes, setNotes] = useState(named.notes);
  const missing = name.trim() === "" ? `Give the ${what} a name` : undefined;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSaving && missing === undefined) onSave({ name, notes });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Name and notes"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={isSaving}
            disabled={missing !== undefined}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        method="post"
        id={formId}
        noValidate
        onSubmit={onSubmit}
        className="flex flex-col gap-4"
      >
        <TextField
          label="Name"
          autoComplete="off"
          maxLength={NAME_MAX}
          value={name}
          error={missing ?? (error === null ? undefined : toMessage(error))}
          onChange={(event) => setName(event.target.value)}
        />
        <Field label="Notes" optional htmlFor={notesId} help={notesHelp}>
          <textarea
            {...fieldAria(notesId, { help: notesHelp !== undefined, error: false })}
            id={notesId}
            rows={5}
            maxLength={NOTES_MAX}
            value={notes}
            onChange={(event) => setNotes(event.target.value)}
            className={`${CONTROL_CLASS} h-auto py-1.5`}
          />
        </Field>
      </form>
    </Dialog>
  );
}
