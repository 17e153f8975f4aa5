"use client";

import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import type { StrategyVersionView, StrategyView } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { OnFirstOpen } from "#ui/on-first-open.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { seenBarsRefusals } from "../seen-bars-refusals.ts";
import { useStrategyActions } from "../use-strategy-actions.ts";
import { useStartBacktest } from "./use-start-backtest.ts";

// Loaded when it is first opened: a form with its checks weighs as much as the rest of the page.
const RenameDialog = lazy(async () => ({
  default: (await import("./rename-dialog.tsx")).RenameDialog,
}));

const loadMenu = async () => ({ default: (await import("../action-menu.tsx")).ActionMenu });
const Menu = lazy(loadMenu);

/** What can be done with the version shown, and behind a menu with the whole strategy. */
export function StrategyActions(props: { strategy: StrategyView; version: StrategyVersionView }) {
  const { strategy, version } = props;
  const { id, name, archived } = strategy;
  const router = useRouter();
  const { duplicate, setArchived, exportFile, remove } = useStrategyActions(id, name);
  const isRefused = seenBarsRefusals([version]).length > 0;
  const { start, isStarting } = useStartBacktest();
  const [isRenaming, setRenaming] = useState(false);
  const onDelete = async () => {
    if (await remove()) router.push("/strategies");
  };
  const trigger = (
    <Button variant="quiet" aria-label="More actions" title="More actions">
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
            { label: "Delete", onAct: () => void onDelete(), isLast: true },
          ]}
        />
      </OnFirstOpen>
      <ButtonLink href={`/strategies/${id}/edit?version=${version.version}`}>Edit</ButtonLink>
      <ButtonLink href={`/optimisations/new?strategy=${version.id}`}>Optimise</ButtonLink>
      <ButtonLink href={`/backtests/new?version=${version.id}&plan=walk-forward`}>
        Walk forward
      </ButtonLink>
      <Button
        variant="primary"
        busy={isStarting}
        disabled={isRefused}
        title={isRefused ? "Refused: the model of the gate has seen these bars" : undefined}
        onClick={() => start(version.id)}
      >
        Backtest
      </Button>
      {isRenaming ? (
        <Suspense fallback={null}>
          <RenameDialog strategy={strategy} onClose={() => setRenaming(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
