"use client";

import type { Pane } from "./pane.ts";

/** Which pane shows where there is room for one. */
export function PaneTabs(props: {
  panes: readonly Pane[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    // A fieldset is as wide as its content unless told: the page would scroll instead of the tabs.
    <fieldset className="flex min-w-0 gap-1 overflow-x-auto px-2 py-1">
      <legend className="sr-only">Pane</legend>
      {props.panes.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === props.value}
          onClick={() => props.onChange(id)}
          className="h-8 shrink-0 rounded-full border border-line px-3 text-xs font-medium text-muted aria-pressed:border-accent aria-pressed:text-accent"
        >
          {title}
        </button>
      ))}
    </fieldset>
  );
}
