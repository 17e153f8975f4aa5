"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Verification } from "#contracts/verification.ts";
import { isJobActive } from "../../../job-links.ts";
import { useTRPCClient } from "../../../trpc-client.tsx";
import type { ReportSource } from "./report-source.ts";

const POLL_MS = 700;

export type VerificationState = {
  /** The newest; null: there is none yet. */
  readonly verification: Verification | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly start: () => void;
};

/** The report made again: started by whoever reads it, followed until it has ended. */
export function useVerification(source: ReportSource, enabled: boolean): VerificationState {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = ["verification", source] as const;
  const { data, error } = useQuery({
    queryKey,
    queryFn: () =>
      source.kind === "own"
        ? client.backtests.verification.query({ id: source.id })
        : client.shares.verification.query({ token: source.token }),
    enabled,
    refetchInterval: (query) => {
      const newest = query.state.data;
      return newest !== undefined && newest !== null && isJobActive(newest) ? POLL_MS : false;
    },
  });
  const start = useMutation({
    mutationFn: () =>
      source.kind === "own"
        ? client.backtests.verify.mutate({ id: source.id })
        : client.shares.verify.mutate({ token: source.token }),
    onSuccess: async (started) => {
      // An answer from before the start would say for a moment that there is none.
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, started);
    },
  });
  const verification = data ?? null;
  return {
    verification,
    isBusy: start.isPending || (verification !== null && isJobActive(verification)),
    error: start.error ?? error,
    start: () => start.mutate(),
  };
}
