"use client";

import type { StrategyView } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { useStrategyActions } from "./use-strategy-actions.ts";

export function StrategyRowActions({ strategy: { id, name } }: { strategy: StrategyView }) {
  const { duplicate, remove } = useStrategyActions(id, name);
  return (
    <span className="inline-flex gap-1">
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Duplicate ${name}`}
        onClick={() => void duplicate()}
      >
        Duplicate
      </Button>
      <Button size="sm" variant="quiet" aria-label={`Delete ${name}`} onClick={() => void remove()}>
        Delete
      </Button>
    </span>
  );
}
