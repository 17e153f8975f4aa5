import { assert } from "../assert.ts";
import type { Target } from "../strategies/strategy.ts";
import type { BookStep } from "./backtest-book.ts";
import { pairLots } from "./engine-fills.ts";
import {
  type BookRun,
  columnsOf,
  type EngineRun,
  isDelisted,
  logAsk,
  refuse,
} from "./engine-run.ts";
import { pairVolatility } from "./pair-volatility.ts";
import { entryRefusal, grossMax, type RefusalReason } from "./portfolio-rules.ts";
import {
  createPositionGroup,
  type EnterOrder,
  type PositionGroup,
  type SpreadTarget,
} from "./position-group.ts";

type WeightsTarget = Extract<Target, { kind: "weights" }>;

/**
 * Turns what a strategy wants after a bar into orders for the next one.
 *
 * @param run changed
 * @param bookRun the book that asks
 * @param step what the strategy answered
 * @param bar the bar that has closed
 */
export function askTarget(run: EngineRun, bookRun: BookRun, step: BookStep, bar: number): void {
  const { target } = step;
  if (target.kind === "hold") return;
  if (bookRun.form === null) {
    bookRun.form = target.kind;
    bookRun.groups = groupsOf(run, bookRun, target.kind);
  }
  assert(bookRun.form === target.kind, "a strategy asks for spreads or for weights, not for both");
  if (target.kind === "weights") {
    askWeights(run, bookRun, { target, reason: step.reason, bar });
    return;
  }
  const [group] = bookRun.groups;
  assert(group !== undefined, "a pair is one group");
  askSpread(run, group, { target, reason: step.reason, bar });
}

function groupsOf(
  run: EngineRun,
  { book, index, firstSlot }: BookRun,
  form: "spread" | "weights",
): readonly PositionGroup[] {
  const slots = book.instruments.map((_, leg) => firstSlot + leg);
  const isCloseOnly = (slot: number): boolean =>
    run.account.bars.instruments[run.account.slotInstrument[slot]!]!.isCloseOnly;
  if (form === "weights") {
    return slots.map((slot) => createPositionGroup(index, [slot], isCloseOnly(slot)));
  }
  assert(slots.length === 2, "a spread has two instruments");
  return [createPositionGroup(index, slots, slots.some(isCloseOnly))];
}

type Asked<T extends Target> = {
  readonly target: T;
  readonly reason: BookStep["reason"];
  readonly bar: number;
};

function askSpread(run: EngineRun, group: PositionGroup, asked: Asked<SpreadTarget>): void {
  const { target, bar } = asked;
  const side = target.side === "long" ? 1 : target.side === "short" ? -1 : 0;
  if (side === group.askedSide) {
    if (target.stops !== null && side !== 0) moveStops(group, target);
    return;
  }
  group.askedSide = side;
  logAsk(run, bar, group.slots[0]!, side * target.size);
  logAsk(run, bar, group.slots[1]!, -side * target.size * target.hedgeRatio);
  if (bar < run.tradingStartBar || run.isRuined) return;
  if (group.side === 0) group.isBlocked = false;
  if (group.isBlocked) {
    // One leg is gone, by a stop or a delisting, and the other one waits for its next bar; so may a side that was asked
    // for before, until something else is.
    if (group.order?.kind === "enter") {
      group.order = { kind: "leave", signalBar: bar, reason: "reversal" };
    }
    if (side !== 0) refuse(run, group, bar, "still-leaving");
    return;
  }
  if (side !== 0 && group.side === side) {
    // What waited to be left is wanted again.
    group.order = null;
    return;
  }
  const order = side === 0 ? null : enterOrder(run, group, { ...asked, side });
  const isEntry = order !== null && typeof order !== "string";
  if (typeof order === "string") refuse(run, group, bar, order);
  if (isEntry) group.order = order;
  else if (group.side === 0) group.order = null;
  else group.order = { kind: "leave", signalBar: bar, reason: asked.reason ?? "exit" };
}

function moveStops(group: PositionGroup, { stops }: SpreadTarget): void {
  if (stops === null) return;
  if (group.order?.kind === "enter") group.order.stops = stops;
  if (group.side !== group.askedSide) return;
  group.stop.set(stops.stop);
  group.limit.set(stops.limit);
}

/** The order, or why there is none. */
function enterOrder(
  run: EngineRun,
  group: PositionGroup,
  asked: Asked<SpreadTarget> & { readonly side: number },
): EnterOrder | RefusalReason {
  const { target, side, bar, reason } = asked;
  assert(Number.isFinite(target.hedgeRatio), "the hedge ratio of a spread is finite");
  assert(target.size > 0 && target.size <= 1, "the size of a spread is in (0, 1]");
  const { account } = run;
  const { sizing } = run.books[group.book]!.book;
  const [slotY, slotX] = [group.slots[0]!, group.slots[1]!];
  if (group.slots.some((slot) => isDelisted(run, slot, bar))) return "delisted";
  const priceY = account.mark[account.slotInstrument[slotY]!]!;
  const priceX = account.mark[account.slotInstrument[slotX]!]!;
  if (Number.isNaN(priceY + priceX)) return "no-price";
  let volatility: number | null = 0;
  if (sizing.rule.kind === "volatility-target") {
    const { hedgeRatio, hedge } = target;
    const worthRatio = hedge === "log-notional" ? hedgeRatio : (hedgeRatio * priceX) / priceY;
    volatility = pairVolatility(columnsOf(run, slotY).close, columnsOf(run, slotX).close, {
      bar,
      windowBars: sizing.rule.windowBars,
      worthRatio,
    });
  }
  if (volatility === null) return "no-volatility";
  const { equity } = account;
  if (equity <= 0) return "no-equity";
  const quantities = pairLots(run, group, { ...target, side, priceY, priceX, equity, volatility });
  if (quantities === null) return "below-lot";
  const gross = Math.abs(quantities[0]) * priceY + Math.abs(quantities[1]) * priceX;
  const others = exposureOfOthers(run, group);
  const refusal = entryRefusal(run.rules, {
    otherPairs: others.pairs,
    grossAfter: others.gross + gross,
    equity,
  });
  if (refusal !== null) return refusal;
  return {
    kind: "enter",
    signalBar: bar,
    reason,
    side,
    target,
    stops: target.stops,
    equity,
    volatility,
    grossEstimate: gross,
    quantities: sizing.pricedAt === "signal" ? quantities : null,
  };
}

/** What all other groups hold or are about to hold, at the last closes. */
function exposureOfOthers(
  run: EngineRun,
  own: PositionGroup,
): { readonly pairs: number; readonly gross: number } {
  const { quantity, mark, slotInstrument } = run.account;
  let pairs = 0;
  let gross = 0;
  for (const { groups } of run.books) {
    for (const group of groups) {
      if (group === own) continue;
      const order = group.order?.kind === "enter" ? group.order : null;
      if (group.slots.length === 2 && (group.side !== 0 || order !== null)) pairs++;
      let held = 0;
      for (const slot of group.slots) {
        if (quantity[slot] !== 0) held += Math.abs(quantity[slot]! * mark[slotInstrument[slot]!]!);
      }
      gross += Math.max(held, order?.grossEstimate ?? 0);
    }
  }
  return { pairs, gross };
}

function askWeights(run: EngineRun, bookRun: BookRun, asked: Asked<WeightsTarget>): void {
  const { target, reason, bar } = asked;
  const { equity } = run.account;
  const isTraded = bar >= run.tradingStartBar && !run.isRuined;
  const scale = isTraded ? weightsScale(run, bookRun, target.weights) : 1;
  bookRun.groups.forEach((group, leg) => {
    const weight = target.weights[leg]!;
    if (Number.isNaN(weight)) return;
    const slot = group.slots[0]!;
    logAsk(run, bar, slot, weight);
    const side = Math.sign(weight);
    if (side !== group.askedSide) group.isBlocked = false;
    group.askedSide = side;
    if (!isTraded || group.isBlocked) return;
    if (side === 0) {
      group.order =
        group.side === 0 ? null : { kind: "leave", signalBar: bar, reason: reason ?? "exit" };
      return;
    }
    const refusal = weightRefusal(run, slot, bar);
    if (refusal !== null) {
      refuse(run, group, bar, refusal);
      return;
    }
    group.order = {
      kind: "weight",
      signalBar: bar,
      reason,
      weight: scale * weight,
      equity,
      stop: target.stops?.stop[leg] ?? Number.NaN,
      limit: target.stops?.limit[leg] ?? Number.NaN,
      quantity: null,
    };
  });
}

function weightRefusal(run: EngineRun, slot: number, bar: number): RefusalReason | null {
  if (run.account.equity <= 0) return "no-equity";
  if (isDelisted(run, slot, bar)) return "delisted";
  return Number.isNaN(run.account.mark[run.account.slotInstrument[slot]!]!) ? "no-price" : null;
}

/**
 * Weights that together exceed the exposure that is allowed are all made smaller alike: a basket, unlike
 * a pair, stays itself.
 */
function weightsScale(run: EngineRun, bookRun: BookRun, weights: Float64Array): number {
  const { equity, quantity, mark, slotInstrument } = run.account;
  const max = grossMax(run.rules, equity);
  if (max === Number.POSITIVE_INFINITY) return 1;
  let asked = 0;
  let room = max;
  for (const { groups, index } of run.books) {
    groups.forEach((group, leg) => {
      const isAsked = index === bookRun.index && !Number.isNaN(weights[leg]!);
      if (isAsked) asked += Math.abs(weights[leg]!) * Math.max(equity, 0);
      else {
        for (const slot of group.slots) {
          if (quantity[slot] !== 0)
            room -= Math.abs(quantity[slot]! * mark[slotInstrument[slot]!]!);
        }
      }
    });
  }
  return asked <= room ? 1 : Math.max(room, 0) / asked;
}
