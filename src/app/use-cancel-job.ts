"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useToast } from "#ui/toast.tsx";
import { errorWords } from "./error-words.ts";
import { useTRPC } from "./trpc-client.tsx";

/** Asks a job to stop; it ends at its next step, so the list is read again rather than changed here. */
export function useCancelJob(): (jobId: string) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate } = useMutation(
    trpc.jobs.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.jobs.pathFilter()),
      onError: (error) =>
        toast({
          title: "The job was not cancelled",
          description: errorWords(error).message,
          tone: "bad",
        }),
    }),
  );
  return (jobId) => mutate({ id: jobId });
}
