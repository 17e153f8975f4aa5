"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FeedGap } from "#contracts/feed.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { formatInteger } from "#ui/format.ts";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../error-words.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { marketSymbol } from "./feed-words.ts";

/** Has a gap that was given up tried once more. */
export function AskAgain({ gap }: { gap: FeedGap }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isAsking, setIsAsking] = useState(false);
  const name = `trades ${formatInteger(gap.fromId)} to ${formatInteger(gap.toId)} of ${marketSymbol(gap)}`;
  const { mutate, isPending } = useMutation(
    trpc.feed.askGapAgain.mutationOptions({
      onSuccess: () => {
        toast({
          title: "The venue is asked again",
          description: "The ledger says what came of it.",
        });
      },
      onError: (error) =>
        toast({
          title: "The gap stays as it is",
          description: errorWords(error).message,
          tone: "bad",
        }),
      onSettled: async () => {
        setIsAsking(false);
        await queryClient.invalidateQueries(trpc.feed.gaps.pathFilter());
      },
    }),
  );
  return (
    <>
      <Button size="sm" aria-label={`Ask again for ${name}`} onClick={() => setIsAsking(true)}>
        Ask again
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`Ask again for ${name}?`}
        body={
          <>
            It was given up: {gap.lastError ?? gap.source ?? "the venue did not have them"}. The
            venue is asked for {formatInteger(gap.toId - gap.fromId + 1)} trades once more, within
            the share of its weight that is left for gaps. Bars over them are made again when they
            come; the gap is open until then.
          </>
        }
        confirmLabel="Ask again"
        tone="primary"
        busy={isPending}
        onConfirm={() => mutate({ id: gap.id })}
      />
    </>
  );
}
