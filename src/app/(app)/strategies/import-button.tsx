"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useRef, useState } from "react";
import { Button } from "#ui/button.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";

/** Takes a strategy from a file that was exported here or elsewhere. */
export function ImportButton() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const refused = (description: string) =>
    toast({ title: "The strategy was not imported", description, tone: "bad" });

  const take = async (chosen: File) => {
    // The check comes with the schema of strategies, which the list does without.
    const { readStrategyFile, STRATEGY_FILE_BYTES_MAX } = await import("./read-strategy-file.ts");
    if (chosen.size > STRATEGY_FILE_BYTES_MAX) {
      refused("The file is larger than any strategy.");
      return;
    }
    const reading = readStrategyFile(await chosen.text());
    if (reading.kind === "refused") {
      refused(reading.message);
      return;
    }
    const { id } = await client.strategies.importFile.mutate({ file: reading.file });
    await queryClient.invalidateQueries(trpc.strategies.list.queryFilter());
    toast({ title: `“${reading.file.name}” is imported`, tone: "good" });
    router.push(`/strategies/${id}`);
  };

  const onChoose = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    // The same file can be chosen again after it was put right.
    event.target.value = "";
    if (chosen === undefined) return;
    setBusy(true);
    try {
      await take(chosen);
    } catch (error) {
      refused(toMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="File of a strategy"
        hidden
        onChange={(event) => void onChoose(event)}
      />
      <Button busy={isBusy} onClick={() => input.current?.click()}>
        Import
      </Button>
    </>
  );
}
