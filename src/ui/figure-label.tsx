"use client";

import { Info } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { FigureDefinition } from "./metric-definitions.ts";

export type FigureLabelProps = {
  figure: FigureDefinition;
  /** Where the glossary explains it. */
  glossaryHref?: string | undefined;
};

/** Long enough to pass over without opening, and to reach the card without losing it. */
const OPEN_DELAY_MS = 200;
const CLOSE_DELAY_MS = 150;

// Loaded when it is first wanted: placing a card takes more code than all the figures.
const Definition = lazy(async () => ({
  default: (await import("./figure-definition-card.tsx")).FigureDefinitionCard,
}));

/** The name of a figure, with what it is, how it is made and what to beware of on hover, focus or touch. */
export function FigureLabel(props: FigureLabelProps) {
  const { figure, glossaryHref } = props;
  const [isWanted, setIsWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const plan = (next: boolean, delayMs: number) => {
    clearTimeout(timer.current);
    if (next) setIsWanted(true);
    timer.current = setTimeout(() => setOpen(next), delayMs);
  };
  return (
    <span className="relative inline-flex max-w-full self-start">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => plan(true, 0)}
        onFocus={() => plan(true, OPEN_DELAY_MS)}
        onBlur={() => plan(false, CLOSE_DELAY_MS)}
        onPointerEnter={(event) => {
          // A finger enters with every scroll; it opens by a tap.
          if (event.pointerType !== "touch") plan(true, OPEN_DELAY_MS);
        }}
        onPointerLeave={(event) => {
          if (event.pointerType !== "touch") plan(false, CLOSE_DELAY_MS);
        }}
        className="group inline-flex min-h-6 items-center gap-1 rounded text-left text-[13px] text-muted hover:text-text"
      >
        {figure.label}
        <Info aria-hidden className="size-3.5 shrink-0 opacity-60 group-hover:opacity-100" />
      </button>
      {isWanted ? (
        <Suspense fallback={null}>
          <Definition
            figure={figure}
            glossaryHref={glossaryHref}
            open={open}
            onDismiss={() => plan(false, 0)}
            onHover={(isOver) => plan(isOver, isOver ? 0 : CLOSE_DELAY_MS)}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
