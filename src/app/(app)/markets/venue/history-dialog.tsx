"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { MarketRow } from "#contracts/feed.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { formatInteger } from "#ui/format.ts";
import { SelectField } from "#ui/select-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { marketSymbol } from "../../feed/feed-words.ts";
import { HISTORY_INTERVALS, HISTORY_SPANS, type HistoryIntervalMs } from "./history-choices.ts";

const INTERVAL_MS: HistoryIntervalMs = 3_600_000;
const SPAN_MS = 365 * 86_400_000;

/** Asks for the venue's own bars of the chosen instruments; a job fetches them. */
export function HistoryDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  instruments: readonly MarketRow[];
}) {
  const { open, onOpenChange, instruments } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [intervalMs, setIntervalMs] = useState<HistoryIntervalMs>(INTERVAL_MS);
  const [spanMs, setSpanMs] = useState(SPAN_MS);
  const { mutate, isPending, error } = useMutation(
    trpc.history.start.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.jobs.pathFilter());
        toast({ title: "The history is being fetched", description: "A job tells how far it is." });
        onOpenChange(false);
      },
    }),
  );
  const bars = instruments.length * Math.ceil(spanMs / intervalMs);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Fetch history"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            busy={isPending}
            onClick={() =>
              mutate({
                instrumentIds: instruments.map(({ instrumentId }) => instrumentId),
                intervalMs,
                spanMs,
              })
            }
          >
            Fetch
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FormErrors
          title="It was not started"
          problems={error === null ? [] : [{ message: toMessage(error) }]}
        />
        <p className="text-muted">
          The venue's own bars, from before trades were recorded here, marked as such. What is here
          already is not fetched again. {instruments.map(marketSymbol).join(", ")}
        </p>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Bars of"
            options={HISTORY_INTERVALS.map(({ ms, label }) => ({ value: String(ms), label }))}
            value={String(intervalMs)}
            onChange={(event) => {
              const chosen = HISTORY_INTERVALS.find(({ ms }) => String(ms) === event.target.value);
              if (chosen !== undefined) setIntervalMs(chosen.ms);
            }}
          />
          <SelectField
            label="The last"
            options={HISTORY_SPANS.map(({ ms, label }) => ({ value: String(ms), label }))}
            value={String(spanMs)}
            onChange={(event) => setSpanMs(Number(event.target.value))}
          />
        </div>
        <p className="text-[13px] text-muted">About {formatInteger(bars)} bars.</p>
      </div>
    </Dialog>
  );
}
