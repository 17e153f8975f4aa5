"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OptimisationView, TrialRow } from "#contracts/optimisation.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { inFormOrder, parameterLabel, parameterText } from "../parameter-words.ts";

/** A trial that is to become a version of its strategy, and perhaps a backtest of it. */
export type Promotion = {
  readonly trial: Pick<TrialRow, "trial" | "parameters">;
  readonly isBacktested: boolean;
};

export type PromoteDialogProps = {
  view: OptimisationView;
  promotion: Promotion;
  onClose: () => void;
};

/** Asks before a trial becomes the newest version, and says what that changes. */
export function PromoteDialog({ view, promotion, onClose }: PromoteDialogProps) {
  const { trial, isBacktested } = promotion;
  const { kind, parameters } = view.strategyVersion.config;
  const { promote, isBusy } = usePromote(view, promotion, onClose);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="primary"
      title={`Save trial ${trial.trial + 1} as a version of “${view.strategyName}”?`}
      confirmLabel={isBacktested ? "Save and backtest" : "Save as version"}
      busy={isBusy}
      onConfirm={() => void promote()}
      body={
        <>
          <p>
            The strategy gets a new version with these parameters; the ones before it stay as they
            are.{isBacktested ? " Then a backtest of it starts." : ""}
          </p>
          <ul className="mt-2 flex flex-col gap-1 text-text tabular-nums">
            {inFormOrder(kind, Object.keys(trial.parameters)).map((name) => {
              const before = parameters[name] ?? null;
              const after = trial.parameters[name] ?? null;
              const text = parameterText(kind, name, after);
              return (
                <li key={name}>
                  {parameterLabel(kind, name)}:{" "}
                  {before === after ? (
                    `${text}, as before`
                  ) : (
                    <>
                      {parameterText(kind, name, before)} → <strong>{text}</strong>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
          <p className="mt-2">
            Its figures on this data are those of a winner among many: a backtest of it will show
            the same ones, and count all trials against them.
          </p>
        </>
      }
    />
  );
}

function usePromote(view: OptimisationView, promotion: Promotion, onClose: () => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const [isBusy, setBusy] = useState(false);
  const { trial, isBacktested } = promotion;

  const promote = async () => {
    setBusy(true);
    try {
      const saved = await client.optimisations.promote.mutate({ id: view.id, trial: trial.trial });
      await queryClient.invalidateQueries(trpc.strategies.pathFilter());
      if (isBacktested) {
        const { backtestId } = await client.backtests.start.mutate({
          strategyVersionId: saved.versionId,
        });
        router.push(`/backtests/${backtestId}`);
        void queryClient.invalidateQueries(trpc.backtests.list.pathFilter());
        void queryClient.invalidateQueries(trpc.jobs.pathFilter());
        return;
      }
      toast({
        title: `Saved as version ${saved.version} of “${view.strategyName}”`,
        tone: "good",
        action: {
          label: "Open it",
          onAct: () => router.push(`/strategies/${saved.strategyId}?version=${saved.version}`),
        },
      });
      onClose();
    } catch (error) {
      toast({
        title: isBacktested ? "The backtest did not start" : "The version was not saved",
        description: toMessage(error),
        tone: "bad",
      });
      setBusy(false);
    }
  };
  return { promote, isBusy };
}
