"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC } from "../../../trpc-client.tsx";

/** Starts a backtest of a version and goes to its page, which shows how far it is. */
export function useStartBacktest() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { mutate, isPending, isSuccess } = useMutation(
    trpc.backtests.start.mutationOptions({
      onSuccess: async ({ backtestId }) => {
        router.push(`/backtests/${backtestId}`);
        await Promise.all([
          queryClient.invalidateQueries(trpc.backtests.list.pathFilter()),
          queryClient.invalidateQueries(trpc.strategies.pathFilter()),
          queryClient.invalidateQueries(trpc.jobs.pathFilter()),
        ]);
      },
      onError: (error) =>
        toast({ title: "The backtest did not start", description: toMessage(error), tone: "bad" }),
    }),
  );
  return {
    start: (strategyVersionId: string) => mutate({ strategyVersionId, plan: { kind: "single" } }),
    // Until the page is left: a second click would start a second backtest.
    isStarting: isPending || isSuccess,
  };
}
