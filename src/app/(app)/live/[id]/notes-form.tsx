"use client";

import { useState } from "react";
import type { WatchedPairView } from "#contracts/live-message.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { useToast } from "#ui/toast.tsx";
import { useWatchActions } from "../use-watch-actions.ts";

const LENGTH_MAX = 2_000;

/** What somebody wants to remember of a pair. */
export function NotesForm({ pair }: { pair: WatchedPairView }) {
  const { setNotes } = useWatchActions(pair);
  const toast = useToast();
  const [notes, setDraft] = useState(pair.notes);
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    if (await setNotes(notes)) toast({ title: "The notes are saved", tone: "good" });
    setSaving(false);
  };
  return (
    <Panel>
      <label className="flex flex-col gap-1.5 text-[13px] font-medium">
        Notes
        <textarea
          rows={5}
          maxLength={LENGTH_MAX}
          value={notes}
          onChange={(event) => setDraft(event.target.value)}
          className="rounded-md border border-line bg-surface px-3 py-2 text-sm font-normal"
        />
      </label>
      <div className="mt-3 flex justify-end">
        <Button busy={isSaving} disabled={notes === pair.notes} onClick={() => void save()}>
          Save notes
        </Button>
      </div>
    </Panel>
  );
}
