"use client";

import { useState } from "react";
import type { SharedReport } from "#contracts/report-view.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { UiLink } from "#ui/link-context.tsx";

type Copyable = NonNullable<SharedReport["copyable"]>;

/** The settings of the report, to be taken along: as JSON, and with an account as a strategy of one's own. */
export function CopySettings({ copyable }: { copyable: Copyable }) {
  const [outcome, setOutcome] = useState<"none" | "copied" | "refused">("none");
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
  return (
    <>
      <Button variant="primary" onClick={() => void copy()}>
        Copy settings
      </Button>
      <Dialog
        open={outcome !== "none"}
        onOpenChange={() => setOutcome("none")}
        title={outcome === "copied" ? "Settings are copied" : "Copy the settings"}
        width="md"
        footer={<Button onClick={() => setOutcome("none")}>Done</Button>}
      >
        <div className="flex flex-col gap-3">
          <p className="text-muted">
            {outcome === "copied"
              ? "They are in the clipboard as JSON."
              : "The browser did not allow it: select the text and copy it by hand."}{" "}
            With an account,{" "}
            <UiLink href="/strategies?import" className="text-accent underline">
              import them as a strategy
            </UiLink>{" "}
            and run it yourself.
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
