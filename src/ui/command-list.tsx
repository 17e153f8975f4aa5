"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useState } from "react";
import type { PaletteCommand } from "./command-palette.tsx";
import { rankCommands } from "./command-rank.ts";

export function CommandList(props: {
  commands: readonly PaletteCommand[];
  onChoose: (command: PaletteCommand) => void;
}) {
  const [search, setSearch] = useState("");
  const groups = Map.groupBy(rankCommands(props.commands, search), ({ group }) => group);
  return (
    <Command
      label="Search pages, pairs, instruments, strategies and actions"
      loop
      shouldFilter={false}
      className="flex flex-col"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <Command.Input
          autoFocus
          value={search}
          onValueChange={setSearch}
          placeholder="Go to a page, pair, instrument, strategy or action…"
          className="h-12 w-full bg-transparent text-sm outline-none placeholder:text-muted"
        />
      </div>
      <Command.List className="h-80 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
          Nothing has that name.
        </Command.Empty>
        {[...groups].map(([group, commands]) => (
          <Command.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
          >
            {commands.map((command) => (
              <Command.Item
                key={command.id}
                value={command.id}
                onSelect={() => props.onChoose(command)}
                className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-surface-2 [&_svg]:size-4 [&_svg]:text-muted"
              >
                {command.icon}
                <span className="truncate">{command.label}</span>
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
