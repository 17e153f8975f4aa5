"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Hidden titles are still read aloud. */
  titleHidden?: boolean | undefined;
  children: ReactNode;
  footer?: ReactNode;
  width?: "sm" | "md" | "lg" | undefined;
};

const WIDTHS = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-4xl" } as const;

/**
 * The browser's own modal dialog: it traps focus, closes on Escape and gives focus back, and unlike
 * a scripted one it writes no style element, which the content security policy would refuse.
 */
export function Dialog(props: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Synchronises the element's own open state, which React does not know.
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || !props.open) return;
    const opener = document.activeElement;
    dialog.showModal();
    return () => {
      if (dialog.isConnected) return dialog.close();
      // Taken off the page while it is open, it gives the focus back to nobody.
      const isLost = document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, [props.open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      // It inherits from where it stands, which may be the cell of a table.
      className={`m-auto w-[calc(100vw-2rem)] rounded-xl border border-line bg-surface p-0 text-left whitespace-normal text-text shadow-float backdrop:bg-black/50 ${WIDTHS[props.width ?? "sm"]}`}
      onClose={(event) => {
        // React mounts twice while developing: by the time that is told, it is open again.
        if (!event.currentTarget.open) props.onOpenChange(false);
      }}
      onClick={(event) => {
        // Only the backdrop is the dialog element itself; everything inside is a child.
        if (event.target === event.currentTarget) props.onOpenChange(false);
      }}
    >
      {props.open ? <DialogBody {...props} titleId={titleId} /> : null}
    </dialog>
  );
}

function DialogBody(props: DialogProps & { titleId: string }) {
  return (
    <div className="flex max-h-[92dvh] flex-col">
      <div
        className={
          props.titleHidden === true
            ? "sr-only"
            : "flex items-center justify-between gap-4 px-5 pt-4"
        }
      >
        <h2 id={props.titleId} className="text-base font-semibold">
          {props.title}
        </h2>
        {props.titleHidden === true ? null : (
          <Button
            variant="quiet"
            size="sm"
            aria-label="Close"
            className="-mr-2 px-1.5"
            onClick={() => props.onOpenChange(false)}
          >
            <X aria-hidden />
          </Button>
        )}
      </div>
      <div
        className={
          props.titleHidden === true
            ? "min-h-0 overflow-auto"
            : "min-h-0 overflow-auto px-5 py-3 text-sm"
        }
      >
        {props.children}
      </div>
      {props.footer === undefined ? null : (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
          {props.footer}
        </div>
      )}
    </div>
  );
}
