import type { GapCause, GapState } from "#contracts/feed.ts";
import type { GapChange, NewGap } from "#db/feed-gaps.ts";
import type { Hole } from "./ledger.ts";

/** A run of missing ids as the feed works on it. */
export type OpenGap = {
  readonly instrumentId: number;
  readonly fromId: number;
  toId: number;
  readonly cause: GapCause;
  /** Time of the trade before it, UTC ms; null when that is not known. */
  readonly afterTimeMs: number | null;
  /** Time of the trade after it; null when it has not come. */
  beforeTimeMs: number | null;
  state: Exclude<GapState, "filled">;
  /** Everything until here has been fetched, and its time. */
  filledToId: number;
  filledToMs: number | null;
  attempts: number;
  /** Answers in a row in which the venue said nothing of it. */
  emptyAnswers: number;
  lastError: string | null;
  /** Monotonic ms before which it is not tried again. */
  retryAtMs: number;
};

export function openGap(gap: NewGap): OpenGap {
  return {
    ...gap,
    state: "open",
    filledToId: gap.fromId - 1,
    filledToMs: gap.afterTimeMs,
    attempts: 0,
    emptyAnswers: 0,
    lastError: null,
    retryAtMs: 0,
  };
}

/** Where trades are still missing. */
export function holeOf(gap: OpenGap): Hole {
  return {
    afterMs: gap.filledToMs ?? 0,
    beforeMs: gap.beforeTimeMs ?? Number.POSITIVE_INFINITY,
  };
}

export function missingCountOf(gap: OpenGap): number {
  return gap.toId - gap.filledToId;
}

/** The gap's row as it is to be. */
export function gapChange(gap: OpenGap, state: GapState, source: string | null = null): GapChange {
  const { instrumentId, fromId, toId, beforeTimeMs, attempts, lastError } = gap;
  return { instrumentId, fromId, toId, beforeTimeMs, state, source, attempts, lastError };
}
