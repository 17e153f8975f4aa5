"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { UploadView } from "#contracts/upload.ts";
import { Button } from "#ui/button.tsx";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { JobProgress } from "#ui/job-progress.tsx";
import { Panel } from "#ui/panel.tsx";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../../error-words.ts";
import { isJobActive } from "../../../job-links.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { useCancelJob } from "../../../use-cancel-job.ts";
import { useJob } from "../../../use-job.ts";
import { useJobEnd } from "../../../use-job-end.ts";
import { UploadCard } from "./upload-card.tsx";
import { isImportable, type UploadStage } from "./upload-stage.ts";

export type StagedUpload = { readonly upload: UploadView; readonly stage: UploadStage };

/** What one import takes on; the rest stays listed for the next. */
const FILES_MAX = 500;

/** Files that are not imported yet, and the one button that imports all that are ready. */
export function ImportPanel({ files }: { files: readonly StagedUpload[] }) {
  const [mayImportPart, setMayImportPart] = useState(false);
  const importing = useImport();
  const badRows = mayImportPart ? "skip" : "refuse";
  const readyIds = files
    .filter(({ stage }) => isImportable(stage, badRows))
    .map(({ upload }) => upload.id)
    .slice(0, FILES_MAX);
  const { job } = importing;
  if (files.length === 0 && (job === null || job.state === "succeeded")) return null;
  return (
    <Panel
      title="To import"
      lead={`${countOf(readyIds.length, "file")} of ${files.length} ready`}
      actions={
        <Button
          variant="primary"
          busy={importing.isBusy}
          disabled={readyIds.length === 0}
          onClick={() => importing.start({ ids: readyIds, badRows })}
        >
          {readyIds.length === 0 ? "Import" : `Import ${countOf(readyIds.length, "file")}`}
        </Button>
      }
      flush
    >
      <div className="border-line border-b px-4 py-3">
        <CheckboxField
          label="Import the rows that are right and list the others"
          help="Otherwise a file with one row at fault is refused whole and changes nothing."
          checked={mayImportPart}
          onChange={(event) => setMayImportPart(event.target.checked)}
        />
      </div>
      {job === null || job.state === "succeeded" ? null : (
        <div className="border-line border-b px-4 py-3">
          <JobProgress job={job} onCancel={importing.cancel} />
        </div>
      )}
      <ul className="divide-y divide-line">
        {files.map(({ upload, stage }) => (
          <li key={upload.id}>
            <UploadCard upload={upload} stage={stage} isAlone={files.length === 1} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The import that was started here, followed until it ends. */
function useImport() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const cancelJob = useCancelJob();
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.uploads.list.queryFilter()),
      queryClient.invalidateQueries(trpc.jobs.active.queryFilter()),
      queryClient.invalidateQueries(trpc.instruments.pathFilter()),
    ]);
  useJobEnd(job, () => void refresh());
  const { mutate, isPending } = useMutation(
    trpc.uploads.import.mutationOptions({
      onSuccess: (started) => {
        setJobId(started.jobId);
        return refresh();
      },
      onError: (error) =>
        toast({
          title: "The import did not start",
          description: errorWords(error).message,
          tone: "bad",
        }),
    }),
  );
  return {
    job,
    isBusy: isPending || (job !== null && isJobActive(job)),
    start: mutate,
    cancel: () => {
      if (jobId !== null) cancelJob(jobId);
    },
  };
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
