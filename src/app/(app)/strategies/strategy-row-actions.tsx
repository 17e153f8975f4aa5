"use client";

import { MoreHorizontal } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { StrategyView } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { OnFirstOpen } from "#ui/on-first-open.tsx";
import { useStrategyActions } from "./use-strategy-actions.ts";

const loadMenu = async () => ({ default: (await import("./action-menu.tsx")).ActionMenu });
const Menu = lazy(loadMenu);

const RenameDialog = lazy(async () => ({
  default: (await import("./[id]/rename-dialog.tsx")).RenameDialog,
}));

/** What can be done with a strategy from its row. */
export function StrategyRowActions({ strategy }: { strategy: StrategyView }) {
  const { id, name, archived } = strategy;
  const { duplicate, setArchived, exportFile, remove } = useStrategyActions(id, name);
  const [isRenaming, setRenaming] = useState(false);
  const trigger = (
    <Button size="sm" variant="quiet" aria-label={`Actions for ${name}`} title="Actions">
      <MoreHorizontal aria-hidden />
    </Button>
  );
  return (
    <>
      <OnFirstOpen trigger={trigger} popup="menu" load={loadMenu}>
        <Menu
          trigger={trigger}
          items={[
            { label: "Name, tags and notes", onAct: () => setRenaming(true) },
            { label: "Duplicate", onAct: () => void duplicate() },
            { label: "Export as JSON", onAct: () => void exportFile() },
            {
              label: archived ? "Take out of the archive" : "Archive",
              onAct: () => void setArchived(!archived),
            },
            { label: "Delete", onAct: () => void remove(), isLast: true },
          ]}
        />
      </OnFirstOpen>
      {isRenaming ? (
        // The text of cells does not wrap, and that of a dialog in one does.
        <div className="text-left whitespace-normal">
          <Suspense fallback={null}>
            <RenameDialog strategy={strategy} onClose={() => setRenaming(false)} />
          </Suspense>
        </div>
      ) : null}
    </>
  );
}
