import type pino from "pino";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import type { Database } from "#db/client.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";
import { type Listener, startListener } from "#db/notifications.ts";
import { type BarFigures, barValue, lastBarValue, nowValue } from "./pair-value.ts";
import { type RuleKeeperOptions, startRuleKeeper } from "./rule-keeper.ts";
import { storedRules } from "./stored-rules.ts";

/** Raises the alerts on live pairs that this process computes. */
export type PairAlerts = {
  /** A pair has new figures. Cheap; never throws. */
  readonly pairMoved: (snapshot: LiveSnapshot) => void;
  /**
   * Figures of bars, oldest first, that closed while no process computed a pair: what a rule has not looked
   * at yet is made good. Call it before the pair's first snapshot. Never throws.
   */
  readonly caughtUp: (
    pair: { readonly livePairId: string; readonly intervalMs: number },
    figures: readonly BarFigures[],
  ) => void;
  /** Resolves when all that was seen so far is stored. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * A pair that was silent for this long may have been another process's meanwhile: its rules are read again
 * before they look. Shorter than a lease of a pair.
 */
const COLD_MS = 5_000;

type MissedBar = { readonly closeTimeMs: number; readonly figures: BarFigures };

type Seen = {
  snapshot: LiveSnapshot | null;
  bars: readonly MissedBar[];
  /** When snapshot or bars came, UTC ms. */
  cameAtMs: number;
  /** When the pair's rules last looked, UTC ms. */
  lookedAtMs: number;
};

/** Starts to look at live pairs for the rules on them. */
export function startPairAlerts(
  {
    database,
    connectionString,
    log,
  }: {
    readonly database: Database;
    readonly connectionString: string;
    readonly log: pino.Logger;
  },
  options: RuleKeeperOptions = {},
): PairAlerts {
  const seen = new Map<string, Seen>();
  let rulesOf = new Map<string, KeptRule[]>();
  const warn = (error: unknown) =>
    log.warn({ err: error }, "alerts on pairs wait for the database");
  const keeper = startRuleKeeper(storedRules(database, "pair"), {
    onError: warn,
    ...options,
    onLoaded: () => {
      rulesOf = Map.groupBy(keeper.rules(), ({ livePairId }) => livePairId ?? "");
      // Rules may be new, or known as others left them: they look at what is there at once.
      for (const [livePairId, one] of seen) {
        if (Date.now() - one.cameAtMs <= COLD_MS) lookAt(livePairId, one);
        else seen.delete(livePairId);
      }
    },
  });
  const listener: Listener = startListener(
    connectionString,
    { pairdesk_watch: () => keeper.refresh() },
    { onConnect: () => keeper.refresh(), onError: warn },
  );

  const lookAt = (livePairId: string, one: Seen) => {
    const { snapshot, bars } = one;
    one.bars = [];
    one.lookedAtMs = Date.now();
    for (const rule of rulesOf.get(livePairId) ?? []) {
      if (rule.subject.kind !== "pair") continue;
      const { metric } = rule.subject;
      // A rule that has not looked at any bar begins with what comes.
      const lookedUntilMs = keeper.cursorOf(rule.id) ?? Number.POSITIVE_INFINITY;
      for (const { closeTimeMs, figures } of bars) {
        const cursor = figures.openTimeMs;
        if (cursor <= lookedUntilMs) continue;
        keeper.observe(rule.id, { value: barValue(figures, metric), atMs: closeTimeMs, cursor });
      }
      if (snapshot === null) continue;
      const atMs = snapshot.computedAtMs;
      const barMs = snapshot.bar?.openTimeMs ?? null;
      // Every bar is looked at as it closed, now or after a restart, and every moment besides.
      if (barMs !== null && barMs > lookedUntilMs) {
        keeper.observe(rule.id, { value: lastBarValue(snapshot, metric), atMs, cursor: barMs });
      }
      keeper.observe(rule.id, { value: nowValue(snapshot, metric), atMs, cursor: barMs });
    }
  };
  const seenOf = (livePairId: string): Seen => {
    const known = seen.get(livePairId);
    if (known !== undefined) return known;
    const one: Seen = { snapshot: null, bars: [], cameAtMs: 0, lookedAtMs: 0 };
    seen.set(livePairId, one);
    return one;
  };
  const look = (livePairId: string, one: Seen) => {
    one.cameAtMs = Date.now();
    if (one.cameAtMs - one.lookedAtMs > COLD_MS) keeper.refresh();
    else lookAt(livePairId, one);
  };

  return {
    pairMoved: (snapshot) => {
      const one = seenOf(snapshot.livePairId);
      one.snapshot = snapshot;
      look(snapshot.livePairId, one);
    },
    caughtUp: ({ livePairId, intervalMs }, figures) => {
      const one = seenOf(livePairId);
      const missed = figures.map((bar) => ({
        closeTimeMs: bar.openTimeMs + intervalMs,
        figures: bar,
      }));
      one.bars = [...one.bars, ...missed];
      look(livePairId, one);
    },
    settled: keeper.settled,
    stop: async () => {
      await listener.stop();
      await keeper.stop();
    },
  };
}
