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

/** A new rule looks at what came within this, not at what another process may know better by now. */
const RECENT_MS = 5_000;

/** A pair of which nothing is heard any more is another process's, or nobody's. */
const FORGOTTEN_MS = 600_000;

type MissedBar = { readonly closeTimeMs: number; readonly figures: BarFigures };

type Seen = {
  snapshot: LiveSnapshot | null;
  bars: readonly MissedBar[];
  /** When snapshot or bars came, UTC ms. */
  cameAtMs: number;
  /** Its rules are to be read before they look: the pair may have been another process's. */
  isHandedOver: boolean;
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
  let versionOf = new Map<string, number>();
  const warn = (error: unknown) =>
    log.warn({ err: error }, "alerts on pairs wait for the database");
  const keeper = startRuleKeeper(storedRules(database, "pair"), {
    onError: warn,
    ...options,
    onLoaded: () => {
      const before = versionOf;
      versionOf = new Map(keeper.rules().map(({ id, version }) => [id, version]));
      rulesOf = Map.groupBy(keeper.rules(), ({ livePairId }) => livePairId ?? "");
      for (const [livePairId, one] of seen) {
        const rules = rulesOf.get(livePairId) ?? [];
        const isNew = ({ id, version }: KeptRule) => before.get(id) !== version;
        const ageMs = Date.now() - one.cameAtMs;
        if (one.isHandedOver) lookAt(one, rules);
        else if (ageMs <= RECENT_MS) lookAt(one, rules.filter(isNew));
        else if (ageMs > FORGOTTEN_MS) seen.delete(livePairId);
      }
    },
  });
  const listener: Listener = startListener(
    connectionString,
    { pairdesk_watch: () => keeper.refresh() },
    { onConnect: () => keeper.refresh(), onError: warn },
  );

  const lookAt = (one: Seen, rules: readonly KeptRule[]) => {
    const { snapshot, bars } = one;
    one.bars = [];
    one.isHandedOver = false;
    for (const rule of rules) {
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
    const one: Seen = { snapshot: null, bars: [], cameAtMs: 0, isHandedOver: true };
    seen.set(livePairId, one);
    return one;
  };

  return {
    pairMoved: (snapshot) => {
      const { livePairId } = snapshot;
      const one = seenOf(livePairId);
      // Snapshots are numbered one by one: where numbers are missing, somebody else has looked.
      if (snapshot.seq !== (one.snapshot?.seq ?? 0) + 1) one.isHandedOver = true;
      one.snapshot = snapshot;
      one.cameAtMs = Date.now();
      if (one.isHandedOver) keeper.refresh();
      else lookAt(one, rulesOf.get(livePairId) ?? []);
    },
    caughtUp: ({ livePairId, intervalMs }, figures) => {
      const one = seenOf(livePairId);
      const missed = figures.map((bar) => ({
        closeTimeMs: bar.openTimeMs + intervalMs,
        figures: bar,
      }));
      one.bars = [...one.bars, ...missed];
      // What was known before somebody else had the pair is older than these bars.
      one.snapshot = null;
      one.cameAtMs = Date.now();
      one.isHandedOver = true;
      keeper.refresh();
    },
    settled: keeper.settled,
    stop: async () => {
      await listener.stop();
      await keeper.stop();
    },
  };
}
