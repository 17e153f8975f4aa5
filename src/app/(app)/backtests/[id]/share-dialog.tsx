"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "#ui/button.tsx";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { NewLink } from "./new-link.tsx";

const FORM_ID = "share-report";
const LABEL_LENGTH_MAX = 80;

const LIFETIMES = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "", label: "Until I revoke it" },
];

/** Makes a link that opens the report without an account, and shows it once. */
export function ShareDialog({ backtestId, onClose }: { backtestId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [label, setLabel] = useState("");
  const [lifetime, setLifetime] = useState("30");
  const [includeSizes, setIncludeSizes] = useState(false);
  const [includeNotes, setIncludeNotes] = useState(false);
  const { mutate, data, error, isPending } = useMutation(
    trpc.shares.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.shares.list.queryFilter()),
    }),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const lifetimeDays = lifetime === "" ? null : Number(lifetime);
    mutate({ backtestId, label: label.trim(), includeSizes, includeNotes, lifetimeDays });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={data === undefined ? "Share this report" : "Ready to share"}
      footer={
        data === undefined ? (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button type="submit" form={FORM_ID} variant="primary" busy={isPending}>
              Create link
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Done</Button>
        )
      }
    >
      {data === undefined ? (
        <form method="post" id={FORM_ID} onSubmit={onSubmit} className="flex flex-col gap-4">
          {error === null ? null : (
            <Notice tone="bad" title="The link was not created" announce>
              {toMessage(error)}
            </Notice>
          )}
          <p className="text-muted">
            Whoever has the link can read this report, with its settings and trades, and have it run
            again to verify it; nothing else. No account is needed. You can revoke it at any time.
          </p>
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
          <CheckboxField
            label="Show sizes (notional, quantities, money)"
            help="Without them, money is scaled to an initial equity of 100, notional and quantities are left out, and the settings cannot be copied. With lots of the venue, figures are rounded, so that sizes cannot be worked out."
            checked={includeSizes}
            onChange={(event) => setIncludeSizes(event.target.checked)}
          />
          <CheckboxField
            label="Show my notes"
            checked={includeNotes}
            onChange={(event) => setIncludeNotes(event.target.checked)}
          />
        </form>
      ) : (
        <NewLink path={data.path} />
      )}
    </Dialog>
  );
}
