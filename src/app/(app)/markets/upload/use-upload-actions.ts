"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { UploadFormat, UploadView } from "#contracts/upload.ts";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../../error-words.ts";
import { isJobActive } from "../../../job-links.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { useJob } from "../../../use-job.ts";
import { useJobEnd } from "../../../use-job-end.ts";

export type UploadActions = ReturnType<typeof useUploadActions>;

/** Reading a file again, and letting go of it. */
export function useUploadActions(upload: UploadView) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const refresh = () => queryClient.invalidateQueries(trpc.uploads.list.queryFilter());
  useJobEnd(job, (ended) => {
    void refresh();
    if (ended.state === "failed") failed(ended.error?.message);
  });
  const failed = (description: string | undefined) =>
    toast({ title: `${upload.fileName} could not be changed`, description, tone: "bad" });
  const onError = (error: unknown) => failed(errorWords(error).message);
  const inspection = useMutation(
    trpc.uploads.inspect.mutationOptions({
      onSuccess: (started) => setJobId(started.jobId),
      onError,
    }),
  );
  const discarding = useMutation(
    trpc.uploads.discard.mutationOptions({ onSuccess: refresh, onError }),
  );
  return {
    inspect: (format: UploadFormat) => inspection.mutate({ id: upload.id, format }),
    inspectAnew: () => inspection.mutate({ id: upload.id, format: null }),
    discard: () => discarding.mutate({ id: upload.id }),
    isBusy: inspection.isPending || discarding.isPending || (job !== null && isJobActive(job)),
  };
}
