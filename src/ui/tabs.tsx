"use client";

import { Tabs as RadixTabs } from "radix-ui";
import type { ReactNode } from "react";

export type Tab = { id: string; label: ReactNode; count?: number | undefined; content: ReactNode };

export type TabsProps = {
  tabs: readonly Tab[];
  /** Which tab shows; held by the page's URL. */
  value: string;
  onValueChange: (id: string) => void;
  ariaLabel: string;
};

export function Tabs(props: TabsProps) {
  return (
    <RadixTabs.Root value={props.value} onValueChange={props.onValueChange}>
      <RadixTabs.List
        aria-label={props.ariaLabel}
        className="mb-4 flex gap-1 overflow-x-auto border-b border-line"
      >
        {props.tabs.map(({ id, label, count }) => (
          <RadixTabs.Trigger
            key={id}
            value={id}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap -outline-offset-2 text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text"
          >
            {label}
            {count === undefined ? null : (
              <span className="rounded bg-surface-2 px-1.5 text-xs text-muted tabular-nums">
                {count}
              </span>
            )}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {props.tabs.map(({ id, content }) => (
        <RadixTabs.Content key={id} value={id}>
          {content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
