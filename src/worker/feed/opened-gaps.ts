import type { GapSplit, NewGap } from "#db/feed-gaps.ts";
import type { FeedOperation } from "./feed-operation.ts";

/**
 * Gaps that a batch opens, and splits of gaps that were there before it. What a batch opens and splits is opened in
 * parts: opened whole, a batch that is written twice would open anew what the first time had renamed.
 */
export function openedGaps(batch: readonly FeedOperation[]): {
  readonly opened: readonly NewGap[];
  readonly splits: readonly GapSplit[];
} {
  const opened = new Map<string, NewGap>();
  const splits: GapSplit[] = [];
  for (const operation of batch) {
    if (operation.kind === "gap-opened") opened.set(keyOf(operation.gap), operation.gap);
    if (operation.kind !== "gap-split") continue;
    const { split } = operation;
    const whole = opened.get(keyOf(split.gap));
    if (whole === undefined) {
      splits.push(split);
      continue;
    }
    opened.delete(keyOf(whole));
    for (const part of partsOf(whole, split)) opened.set(keyOf(part), part);
  }
  return { opened: [...opened.values()], splits };
}

function partsOf(gap: NewGap, { lastIdOfFirst, restFromMs, beforeTimeMs }: GapSplit): NewGap[] {
  return [
    { ...gap, toId: lastIdOfFirst, beforeTimeMs: restFromMs },
    { ...gap, fromId: lastIdOfFirst + 1, beforeTimeMs: gap.beforeTimeMs ?? beforeTimeMs },
  ];
}

function keyOf({ instrumentId, fromId, toId }: NewGap | GapSplit["gap"]): string {
  return `${instrumentId} ${fromId} ${toId}`;
}
