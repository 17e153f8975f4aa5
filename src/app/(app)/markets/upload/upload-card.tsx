"use client";

import { ChevronRight } from "lucide-react";
import type { UploadView } from "#contracts/upload.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { formatBytes } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import type { Tone } from "#ui/tone.ts";
import { RejectionList } from "../rejection-list.tsx";
import { contentSummary } from "./content-summary.ts";
import { NoteList } from "./note-list.tsx";
import { PreviewTable } from "./preview-table.tsx";
import { UploadFormatForm } from "./upload-format-form.tsx";
import { faultCount, leftOutCount, type UploadStage } from "./upload-stage.ts";
import { type UploadActions, useUploadActions } from "./use-upload-actions.ts";

type UploadCardProps = { upload: UploadView; stage: UploadStage; isAlone: boolean };

/** One file: how it is read, what is wrong with it, and the means to put it right. */
export function UploadCard({ upload, stage, isAlone }: UploadCardProps) {
  const actions = useUploadActions(upload);
  const isInTrouble = stage.kind === "unreadable" || stage.kind === "refused";
  return (
    <div className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="truncate font-medium text-sm">{upload.fileName}</h3>
          <p className="text-muted text-xs">
            {formatBytes(upload.byteCount)} · {contentSummary(upload)}
          </p>
        </div>
        <StageBadge stage={stage} />
        <Button
          variant="quiet"
          size="sm"
          busy={actions.isBusy}
          disabled={stage.kind === "importing"}
          aria-label={`Discard ${upload.fileName}`}
          onClick={actions.discard}
        >
          Discard
        </Button>
      </div>
      <StageNotice upload={upload} stage={stage} onReadAnew={actions.inspectAnew} />
      <Details upload={upload} actions={actions} isOpen={isAlone || isInTrouble} />
    </div>
  );
}

type DetailsProps = { upload: UploadView; actions: UploadActions; isOpen: boolean };

function Details({ upload, actions, isOpen }: DetailsProps) {
  const { format, preview } = upload;
  if (format === null || preview === null) return null;
  const rejections = upload.report?.rejections ?? preview.rejections;
  return (
    <details open={isOpen} className="group">
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1 text-muted text-sm hover:text-text">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        Preview and format
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        <PreviewTable format={format} preview={preview} fileName={upload.fileName} />
        <NoteList notes={preview.notes ?? []} />
        {rejections.length === 0 ? null : (
          <RejectionList
            rejections={rejections}
            total={upload.report === null ? faultCount(preview) : leftOutCount(upload.report)}
          />
        )}
        {/* The key starts the form anew when the file has been read in another format. */}
        <UploadFormatForm
          key={JSON.stringify(format)}
          format={format}
          preview={preview}
          isBusy={actions.isBusy}
          onInspect={actions.inspect}
        />
      </div>
    </details>
  );
}

const STAGE_BADGE: Record<UploadStage["kind"], { tone: Tone; label: string }> = {
  reading: { tone: "accent", label: "Reading" },
  unreadable: { tone: "bad", label: "Cannot be read" },
  ready: { tone: "good", label: "Ready" },
  importing: { tone: "accent", label: "Importing" },
  refused: { tone: "bad", label: "Refused" },
  imported: { tone: "good", label: "Imported" },
};

function StageBadge({ stage }: { stage: UploadStage }) {
  const hasFaults = stage.kind === "ready" && stage.faultCount > 0;
  const { tone, label } = STAGE_BADGE[stage.kind];
  return <Badge tone={hasFaults ? "warn" : tone}>{hasFaults ? "Rows at fault" : label}</Badge>;
}

type StageNoticeProps = { upload: UploadView; stage: UploadStage; onReadAnew: () => void };

function StageNotice({ upload, stage, onReadAnew }: StageNoticeProps) {
  switch (stage.kind) {
    case "unreadable":
      return (
        <Notice
          tone="bad"
          title={`${upload.fileName}: ${stage.reason}`}
          action={
            upload.preview === null ? (
              <Button size="sm" onClick={onReadAnew}>
                Read again
              </Button>
            ) : undefined
          }
        >
          Nothing was imported from it.
        </Notice>
      );
    case "refused":
      return (
        <Notice tone="bad" title={`${upload.fileName}: ${stage.reason}`}>
          Nothing was imported from it.
          {stage.canSkip ? " Correct the file, or import only the rows that are right." : null}
        </Notice>
      );
    case "ready":
      return stage.faultCount === 0 ? null : (
        <Notice tone="warn" title={faultTitle(upload, stage.faultCount)}>
          As it is, the import will refuse this file. Correct it, or import only the rows that are
          right.
        </Notice>
      );
    default:
      return null;
  }
}

function faultTitle({ preview }: UploadView, count: number): string {
  const rows = count === 1 ? "1 row is" : `${count} rows are`;
  return preview?.complete === true
    ? `${rows} at fault`
    : `${rows} at fault in the part read so far`;
}
