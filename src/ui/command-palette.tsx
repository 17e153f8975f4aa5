"use client";

import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { Dialog } from "./dialog.tsx";

export type PaletteCommand = {
  id: string;
  label: string;
  /** Heading that the command stands under: "Pages", "Pairs", "Strategies", "Actions". */
  group: string;
  icon?: ReactNode;
  /** More words that find it. */
  keywords?: readonly string[] | undefined;
  onSelect: () => void;
};

export type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  commands: readonly PaletteCommand[];
};

// Loaded when it is first opened: no page needs it to start.
const CommandList = lazy(async () => ({
  default: (await import("./command-list.tsx")).CommandList,
}));

/** Reaches everything from the keyboard; listens for Ctrl/⌘ K itself. */
export function CommandPalette(props: CommandPaletteProps) {
  const { open, onOpenChange, commands } = props;
  // Listens to the document, because the shortcut works wherever the focus is.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [open, onOpenChange]);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Go to" titleHidden width="md">
      <Suspense fallback={<div className="h-80" />}>
        <CommandList
          commands={commands}
          onChoose={(command) => {
            onOpenChange(false);
            command.onSelect();
          }}
        />
      </Suspense>
    </Dialog>
  );
}
