"use client";

import { FileUp } from "lucide-react";
import { useState } from "react";
import { megabytes } from "./megabytes.ts";

type DropZoneProps = { byteLimit: number; onFiles: (files: readonly File[]) => void };

/** Takes files that are dropped, or picked with the browser's own dialog. */
export function DropZone({ byteLimit, onFiles }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);
  return (
    <label
      className={`flex cursor-pointer flex-col items-center gap-2 rounded-lg border border-dashed px-6 py-10 text-center focus-within:outline-2 focus-within:outline-accent focus-within:outline-offset-2 ${isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-surface hover:bg-surface-2"}`}
      onDragOver={(event) => {
        // Without this the browser opens the file instead of handing it over.
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <FileUp aria-hidden className="size-6 text-muted" />
      <span className="font-medium">Drop CSV files here, or choose them</span>
      <span className="max-w-prose text-muted text-sm">
        One symbol a file (named for it), one long file with a symbol column, one wide file of
        closes, or trades, which become bars. Plain or gzip, up to {megabytes(byteLimit)} each.
      </span>
      <input
        type="file"
        multiple
        accept=".csv,.tsv,.txt,.ndjson,.jsonl,.gz"
        aria-label="CSV files"
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // So that the same file can be chosen again after it was corrected.
          event.target.value = "";
        }}
      />
    </label>
  );
}
