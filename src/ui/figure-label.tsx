"use client";

import { Info } from "lucide-react";
import { HoverCard } from "radix-ui";
import { useState } from "react";
import { UiLink } from "./link-context.tsx";
import type { FigureDefinition } from "./metric-definitions.ts";

export type FigureLabelProps = {
  figure: FigureDefinition;
  /** Where the glossary explains it. */
  glossaryHref?: string | undefined;
};

/** The name of a figure, with what it is, how it is made and what to beware of on hover, focus or touch. */
export function FigureLabel(props: FigureLabelProps) {
  const { figure, glossaryHref } = props;
  const [open, setOpen] = useState(false);
  return (
    <HoverCard.Root open={open} onOpenChange={setOpen} openDelay={200} closeDelay={150}>
      <HoverCard.Trigger asChild>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(true)}
          className="group inline-flex min-h-6 items-center gap-1 rounded text-left text-[13px] text-muted hover:text-text"
        >
          {figure.label}
          <Info aria-hidden className="size-3.5 shrink-0 opacity-60 group-hover:opacity-100" />
        </button>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          className="z-50 w-80 max-w-[calc(100vw-1.5rem)] rounded-lg border border-line bg-surface p-3.5 text-[13px] text-text shadow-float"
        >
          <p className="font-semibold">
            {figure.label} <span className="font-normal text-muted">({figure.unit})</span>
          </p>
          <p className="mt-1">{figure.definition}</p>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            <Row term="How" text={figure.computation} />
            <Row term="Good" text={figure.good} />
            <Row term="Beware" text={figure.caveat} />
          </dl>
          {glossaryHref === undefined ? null : (
            <UiLink href={glossaryHref} className="mt-2 inline-block text-accent underline">
              In the glossary
            </UiLink>
          )}
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}

function Row(props: { term: string; text: string }) {
  return (
    <>
      <dt className="text-muted">{props.term}</dt>
      <dd>{props.text}</dd>
    </>
  );
}
