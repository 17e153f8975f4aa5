"use client";

import { useState } from "react";
import { Button } from "#ui/button.tsx";
import { UiLink } from "#ui/link-context.tsx";
import { TextField } from "#ui/text-field.tsx";

/** A link just made, to be copied now: it is stored only as a hash and cannot be shown again. */
export function NewLink({ path }: { path: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const address = `${window.location.origin}${path}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // A browser may refuse the clipboard; the field beside the button can be copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        Copy it now. Only a fingerprint is stored, so it cannot be shown again.
      </p>
      <div className="flex items-end gap-2">
        <TextField
          label="Link"
          className="flex-1"
          readOnly
          value={address}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="primary" onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      <p aria-live="polite" className="text-[13px] text-muted">
        {copied === true ? "Copied." : null}
        {copied === false
          ? "The browser did not allow it: select the link and copy it by hand."
          : null}
      </p>
      <p>
        <UiLink href="/shares" className="text-accent underline">
          All your links
        </UiLink>
      </p>
    </div>
  );
}
