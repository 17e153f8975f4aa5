"use client";

import { HoverCard } from "radix-ui";
import type { FigureLabelProps } from "./figure-label.tsx";
import { UiLink } from "./link-context.tsx";

type FigureDefinitionCardProps = FigureLabelProps & {
  open: boolean;
  onDismiss: () => void;
  onHover: (isOver: boolean) => void;
};

/** What a figure is, beside the label that it lies in; the label decides when it shows. */
export function FigureDefinitionCard(props: FigureDefinitionCardProps) {
  const { figure, glossaryHref, open, onDismiss, onHover } = props;
  return (
    <HoverCard.Root open={open} onOpenChange={(next) => (next ? undefined : onDismiss())}>
      <HoverCard.Trigger asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          // The card's own timers know nothing of the label's.
          onPointerEnter={(event) => {
            event.preventDefault();
            onHover(true);
          }}
          onPointerLeave={(event) => {
            event.preventDefault();
            onHover(false);
          }}
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
