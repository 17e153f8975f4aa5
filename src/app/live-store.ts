import type { LiveMessage, LiveSnapshot } from "#contracts/live-message.ts";

/** Whether news arrives: "connecting" at first, "paused" while the page is hidden, "ended" for good. */
export type LiveConnection = "connecting" | "live" | "reconnecting" | "paused" | "ended";

/**
 * What the server has pushed, outside of React: a part of a page that reads one pair is drawn again when
 * that pair has changed, and no other is.
 */
export type LiveStore = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: (livePairId: string) => LiveSnapshot | null;
  readonly connection: () => LiveConnection;
  readonly setConnection: (connection: LiveConnection) => void;
  /** Takes what is newer than what is known. */
  readonly update: (message: Extract<LiveMessage, { kind: "update" }>) => void;
  /** Snapshots that a page was delivered with. */
  readonly seed: (snapshots: readonly LiveSnapshot[]) => void;
};

/**
 * @param whenIdle calls back once, when the page has drawn what it was told before: React takes updates that
 *   come faster than it draws for an endless loop and throws, which would end the stream that brought them
 */
export function createLiveStore(whenIdle: (work: () => void) => void): LiveStore {
  const snapshots = new Map<string, LiveSnapshot>();
  const listeners = new Set<() => void>();
  let connection: LiveConnection = "connecting";
  let isTelling = false;
  const tell = () => {
    if (isTelling) return;
    isTelling = true;
    whenIdle(() => {
      isTelling = false;
      for (const listener of listeners) listener();
    });
  };
  const isNews = ({
    livePairId,
    seq,
    state,
  }: Pick<LiveSnapshot, "livePairId" | "seq" | "state">) => {
    const known = snapshots.get(livePairId);
    if (known === undefined || seq > known.seq) return true;
    // That its worker died is said of the newest snapshot: there will be no later one.
    return seq === known.seq && state !== known.state;
  };
  const take = (given: readonly LiveSnapshot[]) => {
    for (const snapshot of given)
      if (isNews(snapshot)) snapshots.set(snapshot.livePairId, snapshot);
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: (livePairId) => snapshots.get(livePairId) ?? null,
    connection: () => connection,
    setConnection: (next) => {
      if (next === connection) return;
      connection = next;
      tell();
    },
    update: ({ snapshots: whole, ticks }) => {
      take(whole);
      for (const tick of ticks) {
        const known = snapshots.get(tick.livePairId);
        // A tick is a part of a snapshot: without the whole there is nothing to put it into.
        if (known !== undefined && isNews(tick)) {
          snapshots.set(tick.livePairId, { ...known, ...tick });
        }
      }
      tell();
    },
    seed: (given) => {
      take(given);
      tell();
    },
  };
}
