"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { formatInteger } from "#ui/format.ts";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";

export function DeleteSeries({ series }: { series: SeriesCoverage }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isAsking, setIsAsking] = useState(false);
  const name = `${series.symbol} ${intervalLabel(series.intervalMs)}`;
  const { mutate, isPending } = useMutation(
    trpc.instruments.deleteSeries.mutationOptions({
      onSuccess: async () => {
        router.push("/markets");
        toast({ title: `${name} is deleted` });
        await queryClient.invalidateQueries(trpc.instruments.list.pathFilter());
      },
      onError: (error) =>
        toast({
          title: `${name} was not deleted`,
          description: errorWords(error).message,
          tone: "bad",
        }),
    }),
  );
  return (
    <>
      <Button variant="secondary" onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`Delete ${name}?`}
        body={`Its ${formatInteger(series.barCount)} bars are removed for good. Scans and reports that used them stay; upload the file again to get the bars back.`}
        confirmLabel={`Delete ${name}`}
        tone="danger"
        busy={isPending}
        onConfirm={() => mutate({ seriesId: series.seriesId })}
      />
    </>
  );
}
