"use client";

import { useState } from "react";
import { Button } from "#ui/button.tsx";
import { enterDemo } from "../sign-in-action.ts";

/** Opens a guest workspace; on failure it says why and changes nothing. */
export function DemoButton() {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function onOpen() {
    setIsBusy(true);
    setRefusal(null);
    const outcome = await enterDemo();
    if (outcome.kind === "signed-in") window.location.assign("/home");
    else {
      setRefusal(outcome.reason);
      setIsBusy(false);
    }
  }

  return (
    <div>
      <Button variant="secondary" busy={isBusy} onClick={() => void onOpen()}>
        Explore the demo
      </Button>
      <p role="status" className="mt-1 text-bad text-sm empty:hidden">
        {refusal}
      </p>
    </div>
  );
}
