"use client";

import { Search } from "lucide-react";

export function SearchBox(props: {
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
  onLeave?: (() => void) | undefined;
}) {
  return (
    <div className="relative w-full min-w-40 max-w-64 flex-1">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
      <input
        type="search"
        aria-label={props.placeholder}
        placeholder={props.placeholder}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={props.onLeave}
        className="h-8 w-full rounded-md border border-line-strong bg-surface pr-2 pl-8 text-[13px] placeholder:text-muted"
      />
    </div>
  );
}
