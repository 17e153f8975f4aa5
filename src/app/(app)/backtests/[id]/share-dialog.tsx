"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { LinkDialog } from "../../shares/link-dialog.tsx";

/** Makes a link that opens the report without an account, and shows it once. */
export function ShareDialog({ backtestId, onClose }: { backtestId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [includeSizes, setIncludeSizes] = useState(false);
  const [includeNotes, setIncludeNotes] = useState(false);
  const { mutate, data, error, isPending } = useMutation(
    trpc.shares.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.shares.list.queryFilter()),
    }),
  );
  return (
    <LinkDialog
      title="Share this report"
      lead="Whoever has the link can read this report, with its settings and trades, and have it run again to verify it; nothing else. No account is needed. You can revoke it at any time."
      path={data?.path ?? null}
      error={error}
      busy={isPending}
      onCreate={(link) => mutate({ backtestId, includeSizes, includeNotes, ...link })}
      onClose={onClose}
    >
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
    </LinkDialog>
  );
}
