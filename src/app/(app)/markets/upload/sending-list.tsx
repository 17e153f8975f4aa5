import { X } from "lucide-react";
import { Button } from "#ui/button.tsx";
import { formatBytes } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ProgressBar } from "#ui/progress-bar.tsx";
import type { QueuedFile } from "./use-file-queue.ts";

type SendingListProps = { files: readonly QueuedFile[]; onRemove: (key: number) => void };

export function SendingList({ files, onRemove }: SendingListProps) {
  if (files.length === 0) return null;
  return (
    <Panel title="Sending" flush>
      <ul className="divide-y divide-line">
        {files.map(({ key, file, fraction, refusal }) => (
          <li key={key} className="flex items-center gap-4 px-4 py-2 text-sm">
            <div className="min-w-0 flex-1">
              <p className="flex justify-between gap-4">
                <span className="truncate">{file.name}</span>
                <span className="text-muted tabular-nums">{formatBytes(file.size)}</span>
              </p>
              {refusal === null ? (
                <ProgressBar value={fraction} ariaLabel={`Sending ${file.name}`} />
              ) : (
                <p role="alert" className="text-bad">
                  {file.name}: {refusal}. Nothing was imported.
                </p>
              )}
            </div>
            <Button
              variant="quiet"
              size="sm"
              aria-label={refusal === null ? `Stop ${file.name}` : `Dismiss ${file.name}`}
              onClick={() => onRemove(key)}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
