import type pino from "pino";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import type { Database } from "#db/client.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";
import { type Listener, startListener } from "#db/notifications.ts";
import { LIVE_TIMES } from "../live/live-times.ts";
import { type BarFigures, barValue, closedBar, nowValue } from "./pair-value.ts";
import { type RuleKeeperOptions, startRuleKeeper } from "./rule-keeper.ts";
import { storedRules } from "./stored-rules.ts";

/** Raises the alerts on live pairs that this process computes. */
export type PairAlerts = {
  /**
   * A pair has new figures. Cheap; never throws.
   *
   * @param token of the lease under which they were made
   */
  readonly pairMoved: (snapshot: LiveSnapshot, token: number) => void;
  /**
   * Figures of bars, oldest first, that no snapshot has told of: those that a rule has not looked at yet are
   * made good. Call it before the snapshot that tells of the bar after them. Never throws.
   */
  readonly caughtUp: (
    pair: { readonly livePairId: string; readonly intervalMs: number; readonly token: number },
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

/**
 * Bars of a pair that wait to be looked at at most: all that are made good after a restart, and those that
 * close meanwhile. More come only while rules cannot be read.
 */
const WAITING_BARS_MAX = LIVE_TIMES.caughtUpBarsMax + 1_000;

type ClosedBar = {
  /** From which cooldowns count, UTC ms. */
  readonly atMs: number;
  readonly figures: BarFigures;
};

type Seen = {
  /** Of the lease under which the newest figures were made; null before the first. */
  token: number | null;
  snapshot: LiveSnapshot | null;
  /** Bars that its rules have not looked at. */
  bars: readonly ClosedBar[];
  /** How many waited for too long, and will not be looked at. */
  skipped: number;
  /** Open time of the newest bar that came. */
  barsUntilMs: number;
  /** When snapshot or bars came, UTC ms. */
  cameAtMs: number;
  /** Its rules are to be read before they look: the pair may have been another process's. */
  isWaiting: boolean;
  /** The reading that it waits for has begun: what was read before does not tell what others have done. */
  isBeingRead: boolean;
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
  const stored = storedRules(database, "pair");
  const load = () => {
    for (const one of seen.values()) one.isBeingRead = true;
    return stored.load();
  };
  const keeper = startRuleKeeper(
    { ...stored, load },
    {
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
          if (one.isWaiting) {
            if (one.isBeingRead) lookAt(one, rules);
          } else if (ageMs <= RECENT_MS) lookAt(one, rules.filter(isNew));
          else if (ageMs > FORGOTTEN_MS) seen.delete(livePairId);
        }
      },
    },
  );
  const listener: Listener = startListener(
    connectionString,
    { pairdesk_watch: () => keeper.refresh() },
    { onConnect: () => keeper.refresh(), onError: warn },
  );

  /** Every bar is looked at as it closed, now or after a restart, and every moment besides. */
  const looks = (rule: KeptRule, { snapshot, bars }: Seen): boolean => {
    if (rule.subject.kind !== "pair") return true;
    const { metric } = rule.subject;
    // A rule that has not looked at any bar begins with what comes.
    const lookedUntilMs = keeper.cursorOf(rule.id) ?? Number.POSITIVE_INFINITY;
    for (const { atMs, figures } of bars) {
      const cursor = figures.openTimeMs;
      if (cursor <= lookedUntilMs) continue;
      if (!keeper.observe(rule.id, { value: barValue(figures, metric), atMs, cursor }))
        return false;
    }
    if (snapshot === null) return true;
    return keeper.observe(rule.id, {
      value: nowValue(snapshot, metric),
      atMs: snapshot.computedAtMs,
      cursor: snapshot.bar?.openTimeMs ?? null,
    });
  };
  const lookAt = (one: Seen, rules: readonly KeptRule[]) => {
    const later = rules.filter((rule) => !looks(rule, one));
    one.isWaiting = later.length > 0;
    // What a rule cannot look at now waits until the rules have been read again.
    if (one.isWaiting) {
      keeper.refresh();
      return;
    }
    const [rule] = rules;
    if (rule !== undefined && one.skipped > 0) {
      const { livePairId } = rule;
      log.warn({ livePairId, bars: one.skipped }, "alerts on pairs: bars waited for too long");
    }
    Object.assign(one, { bars: [], skipped: 0 });
  };
  /** What is known of a pair, for figures that come under a token of its lease. */
  const seenOf = (livePairId: string, token: number): Seen => {
    const one = seen.get(livePairId) ?? {
      token: null,
      snapshot: null,
      bars: [],
      skipped: 0,
      barsUntilMs: Number.NEGATIVE_INFINITY,
      cameAtMs: 0,
      isWaiting: true,
      isBeingRead: false,
    };
    seen.set(livePairId, one);
    // Between two leases somebody else may have had the pair, and looked.
    if (one.token !== token) Object.assign(one, { isWaiting: true, isBeingRead: false });
    one.token = token;
    one.cameAtMs = Date.now();
    return one;
  };
  const come = (one: Seen, bars: readonly ClosedBar[]) => {
    const next = bars.filter(({ figures }) => figures.openTimeMs > one.barsUntilMs);
    const waiting = [...one.bars, ...next];
    one.bars = waiting.slice(-WAITING_BARS_MAX);
    one.skipped += waiting.length - one.bars.length;
    one.barsUntilMs = next.at(-1)?.figures.openTimeMs ?? one.barsUntilMs;
  };
  const look = (livePairId: string, one: Seen) => {
    if (one.isWaiting) keeper.refresh();
    else lookAt(one, rulesOf.get(livePairId) ?? []);
  };

  return {
    pairMoved: (snapshot, token) => {
      const { livePairId, computedAtMs: atMs } = snapshot;
      const one = seenOf(livePairId, token);
      const figures = closedBar(snapshot);
      if (figures !== null) come(one, [{ atMs, figures }]);
      one.snapshot = snapshot;
      look(livePairId, one);
    },
    caughtUp: ({ livePairId, intervalMs, token }, figures) => {
      const one = seenOf(livePairId, token);
      come(
        one,
        figures.map((bar) => ({ atMs: bar.openTimeMs + intervalMs, figures: bar })),
      );
      // The moment that was known is older than these bars.
      one.snapshot = null;
      look(livePairId, one);
    },
    settled: keeper.settled,
    stop: async () => {
      await listener.stop();
      await keeper.stop();
    },
  };
}
