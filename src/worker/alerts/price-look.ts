import type { Database } from "#db/client.ts";
import { newestTrade, tradesAfter } from "#db/feed-figures.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";
import type { RuleKeeper } from "./rule-keeper.ts";

/** Trades that are read at a time. */
const BATCH = 5_000;

/**
 * Trades that are made good after a restart at most; of older ones nobody wants to hear. Some minutes of
 * the busiest symbol.
 */
const BEHIND_MAX = 200_000;

/**
 * Lets rules on the price of an instrument look at every trade that was stored since they looked last,
 * in the order of ids. A crossing is therefore one of the stored record: the same, and one alert, whoever
 * looks, and whenever. Trades that fill a gap behind a rule's place are not looked at any more.
 */
export async function lookAtPrices(
  database: Database,
  keeper: RuleKeeper,
  instrumentId: number,
  rules: readonly KeptRule[],
): Promise<void> {
  const newest = await newestTrade(database, instrumentId);
  if (newest === null) return;
  const placeOf = (rule: KeptRule) => keeper.cursorOf(rule.id) ?? Number.POSITIVE_INFINITY;
  for (const rule of rules) {
    const place = placeOf(rule);
    const { id, timeMs, price } = newest;
    if (place === Number.POSITIVE_INFINITY) {
      // A new rule begins with the price as it is.
      keeper.observe(rule.id, { value: price, atMs: timeMs, cursor: id });
    } else if (id - place > BEHIND_MAX) {
      keeper.observe(rule.id, { value: null, atMs: timeMs, cursor: id - BEHIND_MAX });
    }
  }
  for (;;) {
    const place = Math.min(...rules.map(placeOf));
    if (!(place < newest.id)) return;
    const trades = await tradesAfter(database, instrumentId, place, BATCH);
    for (const { id, timeMs, price } of trades) {
      for (const rule of rules) {
        if (placeOf(rule) >= id) continue;
        // Too much waits to be stored: what is left is looked at later.
        if (!keeper.observe(rule.id, { value: price, atMs: timeMs, cursor: id })) return;
      }
    }
    if (trades.length < BATCH) return;
  }
}
