"use client";

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

type TriggerProps = {
  onClick?: (() => void) | undefined;
  onPointerEnter?: (() => void) | undefined;
  onFocus?: (() => void) | undefined;
  "aria-haspopup"?: "menu" | "dialog" | undefined;
  "aria-expanded"?: boolean | undefined;
};

export type OnFirstOpenProps = {
  trigger: ReactElement<TriggerProps>;
  popup: "menu" | "dialog";
  /** Starts to load the code of what opens; called as soon as the button is pointed at. */
  load: () => Promise<unknown>;
  /** The same trigger with what it opens, open at once; a lazy component. */
  children: ReactNode;
};

/**
 * A button whose menu is loaded when it is first wanted: what floats needs 30 kB of code to be placed
 * and to hold the focus, which no page should wait for.
 */
export function OnFirstOpen(props: OnFirstOpenProps) {
  const [isWanted, setIsWanted] = useState(false);
  // A failure shows when the lazy component fails in turn.
  const load = () => void props.load().catch(() => undefined);
  const trigger = cloneElement(props.trigger, {
    onClick: () => setIsWanted(true),
    onPointerEnter: load,
    onFocus: load,
    "aria-haspopup": props.popup,
    "aria-expanded": false,
  });
  return isWanted ? <Suspense fallback={trigger}>{props.children}</Suspense> : trigger;
}
