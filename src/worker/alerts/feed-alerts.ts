import { setTimeout as delay } from "node:timers/promises";
import type pino from "pino";
import { MarketWakeUp } from "#contracts/live-message.ts";
import type { Database } from "#db/client.ts";
import { type FeedFigures, feedFigures } from "#db/feed-figures.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";
import { startListener } from "#db/notifications.ts";
import { lookAtPrices } from "./price-look.ts";
import { type RuleKeeper, type RuleKeeperOptions, startRuleKeeper } from "./rule-keeper.ts";
import { storedRules } from "./stored-rules.ts";

/** Raises the alerts on feeds and prices. */
export type FeedAlerts = { readonly stop: () => Promise<void> };

/** Gaps and silence are looked at this often, and prices too should a notification be missed. */
const LOOK_EVERY_MS = 1_000;

/** Notifications come up to forty times a second; prices are looked at once for all within this. */
const GATHER_MS = 100;

/** Starts to look at feeds for the rules on them; several processes may. */
export function startFeedAlerts(
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
): FeedAlerts {
  const ended = new AbortController();
  const warn = (error: unknown) =>
    log.warn({ err: error }, "alerts on feeds wait for the database");
  const keeper = startRuleKeeper(storedRules(database, "feed"), { onError: warn, ...options });
  const moved = new Set<number>();
  let wake = Promise.withResolvers<void>();
  const onMarket = (payload: string) => {
    if (!keeper.rules().some(isPriceRule)) return;
    for (const [instrumentId] of wakeUp(payload)) moved.add(instrumentId);
    wake.resolve();
  };
  const listener = startListener(
    connectionString,
    { pairdesk_watch: () => keeper.refresh(), pairdesk_market: onMarket },
    { onConnect: () => keeper.refresh(), onError: warn },
  );

  const look = async (isDue: boolean) => {
    const rules = keeper.rules();
    const due = new Set(moved);
    moved.clear();
    if (isDue)
      await lookAtFeeds(
        database,
        keeper,
        rules.filter((rule) => !isPriceRule(rule)),
      );
    const byInstrument = Map.groupBy(rules.filter(isPriceRule), instrumentOf);
    for (const [instrumentId, some] of byInstrument) {
      if (!isDue && !due.has(instrumentId)) continue;
      await lookAtPrices(database, keeper, instrumentId, some);
    }
  };
  const looking = (async () => {
    let dueAtMs = 0;
    while (!ended.signal.aborted) {
      const isDue = Date.now() >= dueAtMs;
      if (isDue) dueAtMs = Date.now() + LOOK_EVERY_MS;
      wake = Promise.withResolvers();
      await look(isDue).catch(warn);
      const pause = (ms: number) =>
        // The wait is cut short when the process ends.
        delay(ms, undefined, { signal: ended.signal }).catch(() => undefined);
      await pause(GATHER_MS);
      await Promise.race([wake.promise, pause(Math.max(0, dueAtMs - Date.now()))]);
    }
  })();
  return {
    stop: async () => {
      ended.abort();
      await listener.stop();
      await looking;
      await keeper.stop();
    },
  };
}

async function lookAtFeeds(
  database: Database,
  keeper: RuleKeeper,
  rules: readonly KeptRule[],
): Promise<void> {
  if (rules.length === 0) return;
  const asked = rules.map((rule) => ({
    instrumentId: instrumentOf(rule),
    gapId: keeper.cursorOf(rule.id) ?? Number.MAX_SAFE_INTEGER,
  }));
  const figures = await feedFigures(database, asked);
  rules.forEach((rule, i) => {
    const figure = figures[i];
    if (figure !== undefined) lookAtFeed(keeper, rule, figure);
  });
}

function lookAtFeed(keeper: RuleKeeper, rule: KeptRule, figures: FeedFigures): void {
  const { missing, closedSince, lastGapId, silenceSeconds, venueMs: atMs } = figures;
  if (rule.subject.metric === "feed-silence") {
    keeper.observe(rule.id, { value: silenceSeconds, atMs, cursor: null });
    return;
  }
  // A gap that was closed between two looks was one all the same.
  if (closedSince > missing) {
    keeper.observe(rule.id, { value: closedSince, atMs, cursor: lastGapId });
  }
  keeper.observe(rule.id, { value: missing, atMs, cursor: lastGapId });
}

const isPriceRule = ({ subject }: KeptRule) => subject.metric === "price";

function instrumentOf({ subject }: KeptRule): number {
  if (subject.kind !== "feed") throw new Error("Invariant: a rule on a feed names an instrument");
  return subject.instrumentId;
}

/** What a notification tells; one that cannot be read tells nothing, and the next look finds it. */
function wakeUp(payload: string): MarketWakeUp {
  try {
    return MarketWakeUp.parse(JSON.parse(payload));
  } catch {
    return [];
  }
}
