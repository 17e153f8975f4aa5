"use client";

import { Archive, Trash2 } from "lucide-react";
import { useState } from "react";
import type { WatchedPairView } from "#contracts/live-message.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { TextField } from "#ui/text-field.tsx";
import { useWatchActions } from "./use-watch-actions.ts";

/** What a row offers; removing and retiring can be undone. */
export function WatchActions({ pair }: { pair: WatchedPairView }) {
  const { name, remove, restore, retire } = useWatchActions(pair);
  const [isRetiring, setRetiring] = useState(false);
  return (
    <div className="flex justify-end gap-1.5">
      {pair.retiredAtMs === null ? (
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Retire ${name}`}
          title="Retire"
          onClick={() => setRetiring(true)}
        >
          <Archive aria-hidden />
        </Button>
      ) : (
        <Button size="sm" aria-label={`Watch ${name} again`} onClick={() => void restore()}>
          Watch again
        </Button>
      )}
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Remove ${name}`}
        title="Remove"
        onClick={() => void remove()}
      >
        <Trash2 aria-hidden />
      </Button>
      <RetireDialog
        open={isRetiring}
        onOpenChange={setRetiring}
        pair={pair}
        onRetire={(reason) => {
          setRetiring(false);
          void retire(reason);
        }}
      />
    </div>
  );
}

/** A pair is retired for a reason, which stays with it. */
function RetireDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pair: WatchedPairView;
  onRetire: (reason: string) => void;
}) {
  const { open, onOpenChange, pair, onRetire } = props;
  const known = pair.snapshot?.decay?.reasons.join(" ") ?? "";
  const [reason, setReason] = useState(known);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Retire ${pair.symbolY} / ${pair.symbolX}?`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button
            variant="primary"
            disabled={reason.trim() === ""}
            onClick={() => onRetire(reason.trim())}
          >
            Retire
          </Button>
        </>
      }
    >
      <p className="mb-3 text-muted">
        It is computed no more and raises no alerts; its settings and notes stay.
      </p>
      <TextField
        label="Reason"
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
