"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { NewLink } from "./new-link.tsx";

const FORM_ID = "new-link";
const LABEL_LENGTH_MAX = 80;

const LIFETIMES = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "", label: "Until I revoke it" },
];

export type LinkDialogProps = {
  title: string;
  /** What whoever has the link can see. */
  lead: string;
  /** What else is to be chosen. */
  children?: ReactNode;
  /** Of the link once it is made; null before. */
  path: string | null;
  error: unknown;
  busy: boolean;
  onCreate: (link: { label: string; lifetimeDays: number | null }) => void;
  onClose: () => void;
};

/** Makes a link that opens something without an account, and shows it once. */
export function LinkDialog(props: LinkDialogProps) {
  const { title, lead, children, path, error, busy, onCreate, onClose } = props;
  const [label, setLabel] = useState("");
  const [lifetime, setLifetime] = useState("30");
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    onCreate({
      label: label.trim(),
      lifetimeDays: lifetime === "" ? null : Number(lifetime),
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={path === null ? title : "Ready to share"}
      footer={
        path === null ? (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button type="submit" form={FORM_ID} variant="primary" busy={busy}>
              Create link
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Done</Button>
        )
      }
    >
      {path === null ? (
        <form method="post" id={FORM_ID} onSubmit={onSubmit} className="flex flex-col gap-4">
          {error === null ? null : (
            <Notice tone="bad" title="The link was not created" announce>
              {toMessage(error)}
            </Notice>
          )}
          <p className="text-muted">{lead}</p>
          <TextField
            label="Label"
            optional
            autoComplete="off"
            maxLength={LABEL_LENGTH_MAX}
            help="For your own list: who the link is for."
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
          <SelectField
            label="Works for"
            options={LIFETIMES}
            value={lifetime}
            onChange={(event) => setLifetime(event.target.value)}
          />
          {children}
        </form>
      ) : (
        <NewLink path={path} />
      )}
    </Dialog>
  );
}
