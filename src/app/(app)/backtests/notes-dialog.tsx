"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Tags } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS } from "#ui/field-aria.ts";
import { Notice } from "#ui/notice.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { tagsOfText } from "./tags-of-text.ts";

const FORM_ID = "backtest-notes";
const NOTES_ID = "backtest-notes-text";
const NOTES_MAX = 10_000;

type Props = {
  id: string;
  tags: readonly string[];
  notes: string;
  onClose: () => void;
};

/** Words to find a backtest by, and what one thought of it; the report itself never changes. */
export function NotesDialog({ id, tags, notes, onClose }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [tagsText, setTagsText] = useState(tags.join(", "));
  const [notesText, setNotesText] = useState(notes);
  const [issue, setIssue] = useState<string | undefined>(undefined);
  const { mutate, error, isPending } = useMutation(
    trpc.backtests.annotate.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.backtests.pathFilter());
        onClose();
      },
    }),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = Tags.safeParse(tagsOfText(tagsText));
    setIssue(parsed.error?.issues[0]?.message);
    if (parsed.data !== undefined) mutate({ id, tags: parsed.data, notes: notesText.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Tags and notes"
      width="md"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM_ID} variant="primary" busy={isPending}>
            Save
          </Button>
        </>
      }
    >
      <form method="post" id={FORM_ID} onSubmit={onSubmit} className="flex flex-col gap-4">
        {error === null ? null : (
          <Notice tone="bad" title="Nothing was saved" announce>
            {toMessage(error)}
          </Notice>
        )}
        <TextField
          label="Tags"
          optional
          autoComplete="off"
          help="Separated by commas."
          error={issue}
          value={tagsText}
          onChange={(event) => setTagsText(event.target.value)}
        />
        <Field label="Notes" htmlFor={NOTES_ID} optional>
          <textarea
            id={NOTES_ID}
            rows={6}
            maxLength={NOTES_MAX}
            value={notesText}
            onChange={(event) => setNotesText(event.target.value)}
            className={`${CONTROL_CLASS} h-auto py-2`}
          />
        </Field>
      </form>
    </Dialog>
  );
}
