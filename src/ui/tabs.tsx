"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export type Tab = { id: string; label: ReactNode; count?: number | undefined; content: ReactNode };

export type TabsProps = {
  tabs: readonly Tab[];
  /** Which tab shows; held by the page's URL. */
  value: string;
  onValueChange: (id: string) => void;
  ariaLabel: string;
};

/**
 * Tabs by the pattern of the ARIA authoring practices: one stop of the Tab key, arrows to choose. The
 * library's cost 9 kB on pages that have no other use for its parts before a menu opens.
 */
export function Tabs({ tabs, value, onValueChange, ariaLabel }: TabsProps) {
  const prefix = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const shown = tabs.find(({ id }) => id === value) ?? tabs[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const next = neighbour(tabs, shown?.id, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onValueChange(next.id);
    listRef.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div>
      <div
        ref={listRef}
        role="tablist"
        aria-label={ariaLabel}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className="mb-4 flex gap-1 overflow-x-auto border-b border-line"
      >
        {tabs.map(({ id, label, count }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}-tab-${id}`}
            data-tab={id}
            aria-selected={id === shown?.id}
            aria-controls={id === shown?.id ? `${prefix}-panel` : undefined}
            tabIndex={id === shown?.id ? 0 : -1}
            onClick={() => onValueChange(id)}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap -outline-offset-2 text-muted hover:text-text aria-selected:border-accent aria-selected:text-text"
          >
            {label}
            {count === undefined ? null : (
              <span className="rounded bg-surface-2 px-1.5 text-xs text-muted tabular-nums">
                {count}
              </span>
            )}
          </button>
        ))}
      </div>
      {shown === undefined ? null : (
        <div
          key={shown.id}
          role="tabpanel"
          id={`${prefix}-panel`}
          aria-labelledby={`${prefix}-tab-${shown.id}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel without a control is reached too
          tabIndex={0}
          className="rounded-md"
        >
          {shown.content}
        </div>
      )}
    </div>
  );
}

/** The tab that a key leads to, round at the ends; undefined when it is no key of ours. */
export function neighbour<One extends { readonly id: string }>(
  tabs: readonly One[],
  id: string | undefined,
  key: string,
): One | undefined {
  const at = tabs.findIndex((tab) => tab.id === id);
  switch (key) {
    case "ArrowRight":
      return tabs[(at + 1) % tabs.length];
    case "ArrowLeft":
      return tabs.at(at - 1);
    case "Home":
      return tabs[0];
    case "End":
      return tabs.at(-1);
    default:
      return undefined;
  }
}
