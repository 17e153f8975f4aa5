"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SharedReport } from "#contracts/report-view.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { UiLink } from "#ui/link-context.tsx";
import { Notice } from "#ui/notice.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../trpc-client.tsx";

type Props = {
  copyable: NonNullable<SharedReport["copyable"]>;
  isSignedIn: boolean;
};

/** The settings of the report, to be taken along: as JSON, and with an account as a strategy of one's own. */
export function CopySettings({ copyable, isSignedIn }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const [outcome, setOutcome] = useState<"none" | "copied" | "refused">("none");
  const { mutate, error, isPending } = useMutation(
    trpc.strategies.importFile.mutationOptions({
      onSuccess: ({ id }) => router.push(`/strategies/${id}`),
    }),
  );
  const json = JSON.stringify(copyable, null, 2);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(json);
      setOutcome("copied");
    } catch {
      // A browser may refuse the clipboard; the text in the dialog can be copied by hand.
      setOutcome("refused");
    }
  };
  const close = () => setOutcome("none");
  return (
    <>
      <Button variant="primary" onClick={() => void copy()}>
        Copy settings
      </Button>
      <Dialog
        open={outcome !== "none"}
        onOpenChange={close}
        title={outcome === "copied" ? "Settings are copied" : "Copy the settings"}
        width="md"
        footer={
          <>
            <Button onClick={close}>Done</Button>
            {isSignedIn ? (
              <Button variant="primary" busy={isPending} onClick={() => mutate({ file: copyable })}>
                Add to my strategies
              </Button>
            ) : null}
          </>
        }
      >
        <div className="flex flex-col gap-3">
          {error === null ? null : (
            <Notice tone="bad" title="The strategy was not added" announce>
              {toMessage(error)}
            </Notice>
          )}
          <p className="text-muted">
            {outcome === "copied"
              ? "They are in the clipboard as JSON, a strategy file that any workspace can import."
              : "The browser did not allow it: select the text and copy it by hand."}{" "}
            {isSignedIn ? null : (
              <>
                With an account you can{" "}
                <UiLink href="/strategies" className="text-accent underline">
                  import it
                </UiLink>{" "}
                and run it yourself.
              </>
            )}
          </p>
          <textarea
            aria-label="Settings as JSON"
            readOnly
            rows={12}
            value={json}
            onFocus={(event) => event.currentTarget.select()}
            className="w-full rounded-md border border-line bg-surface-2 p-2 font-mono text-xs"
          />
        </div>
      </Dialog>
    </>
  );
}
