import { assert } from "../assert.ts";
import { CASH_CAUSE } from "../backtest/cash-ledger.ts";
import type { EventRun } from "../backtest/event-engine.ts";
import type { EventTrade } from "../backtest/event-trade.ts";
import type { MarketBars } from "../backtest/market-bars.ts";
import { heldAfterFill } from "./held-after-fill.ts";

/**
 * How far a trade went against its owner and for him while it was held, after costs, quote currency.
 * `adverse` ≤ 0 (maximum adverse excursion), `favourable` ≥ 0; the bars at whose close it stood there,
 * null where it never left 0 to that side.
 */
export type TradeExcursion = {
  readonly adverse: number;
  readonly adverseBar: number | null;
  readonly favourable: number;
  readonly favourableBar: number | null;
};

/**
 * Trade excursions: the worst and the best that each trade has stood at.
 *
 * Exact at the closes of the bars from entry to exit, as the account was marked, and at the exit itself;
 * what a bar did inside is not known of two legs at once.
 *
 * @param run a finished run
 * @param bars the bars that it ran on
 * @returns one a trade, in the order of the run's trades
 *
 * Cost: O(fills + cash entries + bars held · legs).
 */
export function tradeExcursions(run: EventRun, bars: MarketBars): readonly TradeExcursion[] {
  const episodes = slotEpisodes(run);
  const taken = run.costs.map(() => 0);
  return run.trades.map((trade) => {
    const path = new Float64Array(Math.max(0, trade.exitFillBar - trade.entryFillBar));
    const slots = slotsOf(run, trade);
    trade.legs.forEach((leg, i) => {
      // A leg that was never filled has no episode.
      if (leg.quantity === 0) return;
      const slot = slots[i]!;
      const episode = episodes[slot]![taken[slot]!++];
      assert(episode !== undefined, "a leg that was filled has an episode");
      addLeg(path, episode, {
        firstBar: trade.entryFillBar,
        close: bars.instruments[leg.instrument]!.close,
      });
    });
    return excursionOf(path, trade);
  });
}

function excursionOf(path: Float64Array, trade: EventTrade): TradeExcursion {
  let adverse = 0;
  let adverseBar: number | null = null;
  let favourable = 0;
  let favourableBar: number | null = null;
  for (let i = 0; i <= path.length; i++) {
    const value = i < path.length ? path[i]! : trade.netPnl;
    if (value < adverse) {
      adverse = value;
      adverseBar = trade.entryFillBar + i;
    }
    if (value > favourable) {
      favourable = value;
      favourableBar = trade.entryFillBar + i;
    }
  }
  return { adverse, adverseBar, favourable, favourableBar };
}

/** Cash and units of a slot from one opening to the next: bar, amount and signed units of each entry. */
type SlotEpisode = { readonly bar: number; readonly amount: number; readonly units: number }[];

/** The ledger by slot, cut where a fill opens a position out of nothing. */
function slotEpisodes(run: EventRun): readonly SlotEpisode[][] {
  const { cashEntries, fills, costs } = run;
  const episodes: SlotEpisode[][] = costs.map(() => []);
  const held = new Float64Array(costs.length);
  let fill = 0;
  for (let i = 0; i < cashEntries.bar.length; i++) {
    const slot = cashEntries.slot[i]!;
    const isTrade = cashEntries.cause[i] === CASH_CAUSE.trade;
    // Every fill makes one entry of this cause, in the same order.
    const units = isTrade ? fills.quantity[fill++]! : 0;
    if (isTrade && held[slot] === 0) episodes[slot]!.push([]);
    if (isTrade) held[slot] = heldAfterFill(held[slot]!, units);
    episodes[slot]!.at(-1)?.push({
      bar: cashEntries.bar[i]!,
      amount: cashEntries.amount[i]!,
      units,
    });
  }
  return episodes;
}

/** Slots of the legs of a trade: those of a whole pair, or the one of an instrument of a basket. */
function slotsOf({ costs }: EventRun, trade: EventTrade): readonly number[] {
  const slots = costs.flatMap(({ book }, slot) => (book === trade.book ? [slot] : []));
  if (slots.length === trade.legs.length) return slots;
  return trade.legs.map(
    (leg) => slots.find((slot) => costs[slot]!.instrument === leg.instrument) ?? 0,
  );
}

/** Adds what a leg is worth after each close to the path of its trade. */
function addLeg(
  path: Float64Array,
  episode: SlotEpisode,
  { firstBar, close }: { readonly firstBar: number; readonly close: Float64Array },
): void {
  let next = 0;
  let cash = 0;
  let held = 0;
  let mark = Number.NaN;
  for (let bar = firstBar; bar >= 0 && Number.isNaN(mark); bar--) mark = close[bar]!;
  for (let i = 0; i < path.length; i++) {
    const bar = firstBar + i;
    while (next < episode.length && episode[next]!.bar <= bar) {
      cash += episode[next]!.amount;
      if (episode[next]!.units !== 0) held = heldAfterFill(held, episode[next]!.units);
      next += 1;
    }
    if (!Number.isNaN(close[bar]!)) mark = close[bar]!;
    path[i]! += held === 0 ? cash : cash + held * mark;
  }
}
