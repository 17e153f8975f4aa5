"use client";

import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactNode } from "react";

/** A short word on a control; opens on hover and on focus. The trigger must be focusable. */
export function Tooltip(props: {
  content: ReactNode;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left" | undefined;
}) {
  return (
    <RadixTooltip.Provider delayDuration={300}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{props.children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            side={props.side ?? "top"}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-md border border-line bg-surface px-2.5 py-1.5 text-[13px] text-text shadow-float"
          >
            {props.content}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}
