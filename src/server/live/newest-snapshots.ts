import { type LiveSnapshot, LiveTick } from "#contracts/live-message.ts";

/** The newest snapshot of a pair; `version` grows when more of it has changed than a tick holds. */
type Newest = {
  readonly snapshot: LiveSnapshot;
  /** What of it changes between two bars. */
  readonly tick: LiveTick;
  readonly version: number;
};

/** The newest snapshot of each pair that somebody reads here. */
export type NewestSnapshots = {
  /** Takes a snapshot. @returns whether it is another than the known one: newer, or not kept up any more */
  readonly take: (snapshot: LiveSnapshot) => boolean;
  readonly of: (livePairId: string) => Newest | undefined;
  /** Forgets all pairs but these. */
  readonly keep: (livePairIds: ReadonlySet<string>) => void;
};

/** None yet. */
export function createNewestSnapshots(): NewestSnapshots {
  const newest = new Map<string, Newest>();
  return {
    of: (livePairId) => newest.get(livePairId),
    take: (snapshot) => {
      const known = newest.get(snapshot.livePairId);
      if (known?.snapshot.seq === snapshot.seq && known.snapshot.state === snapshot.state) {
        return false;
      }
      const isTick = known !== undefined && slowPart(known.snapshot) === slowPart(snapshot);
      const version = (known?.version ?? 0) + (isTick ? 0 : 1);
      newest.set(snapshot.livePairId, { snapshot, tick: LiveTick.parse(snapshot), version });
      return true;
    },
    keep: (livePairIds) => {
      for (const id of newest.keys()) if (!livePairIds.has(id)) newest.delete(id);
    },
  };
}

function slowPart({ bar, quality, decay, sparkline }: LiveSnapshot): string {
  return JSON.stringify([bar, quality, decay, sparkline]);
}
