import { assert } from "../assert.ts";
import { fillSlot, orderPrice } from "./engine-account.ts";
import { columnsOf, type EngineRun, endTrade, hasBar, isDelisted, refuse } from "./engine-run.ts";
import type { EventExitReason } from "./event-trade.ts";
import type { InstrumentCosts } from "./instrument-costs.ts";
import { isTradable, roundToLots } from "./lot-rule.ts";
import {
  type EnterOrder,
  isFlat,
  type LeaveOrder,
  type PositionGroup,
  type WeightOrder,
} from "./position-group.ts";
import { pairQuantities } from "./position-sizing.ts";
import { protectiveLevels } from "./protection-rule.ts";
import { fillableQuantity } from "./slippage-model.ts";

/**
 * Fills what a group has asked for, at the open of a bar, or at its close where a leg has no opens.
 *
 * Nothing is filled before every leg that has to trade has a bar. Where the volume limits a leg, both
 * legs are filled in proportion and the rest waits for the next bar.
 *
 * @param run changed
 * @param group its order is null afterwards, unless it has to wait
 * @param bar index
 */
export function fillGroupOrder(run: EngineRun, group: PositionGroup, bar: number): void {
  const { order } = group;
  if (order === null) return;
  switch (order.kind) {
    case "leave":
      if (fillLeave(run, group, order, bar)) group.order = null;
      return;
    case "enter":
      fillEnter(run, group, order, bar);
      return;
    case "weight":
      fillWeight(run, group, order, bar);
  }
}

/** Whether the group is flat afterwards. */
function fillLeave(
  run: EngineRun,
  group: PositionGroup,
  order: Pick<LeaveOrder, "signalBar" | "reason">,
  bar: number,
): boolean {
  const { quantity } = run.account;
  if (group.side === 0) return true;
  for (const slot of group.slots) {
    if (quantity[slot] !== 0 && !hasBar(run, slot, bar)) return false;
  }
  tradeTowards(
    run,
    group,
    group.slots.map(() => 0),
    bar,
  );
  if (!isFlat(run.account, group)) return false;
  const { signalBar, reason } = group.protectiveExit ?? order;
  endTrade(run, group, { signalBar, fillBar: bar, reason });
  return true;
}

function fillEnter(run: EngineRun, group: PositionGroup, order: EnterOrder, bar: number): void {
  if (!isReadyToEnter(run, group, { ...order, isOtherSide: group.side === -order.side }, bar)) {
    return;
  }
  order.quantities ??= fillQuantities(run, group, order, bar);
  if (order.quantities === null) {
    refuse(run, group, bar, "below-lot");
    group.order = null;
    return;
  }
  const isDone = tradeTowards(run, group, order.quantities, bar);
  if (group.side === 0 && !isFlat(run.account, group)) {
    beginTrade(group, order, { side: order.side, bar });
    group.hedgeRatio = order.target.hedgeRatio;
    if (order.stops !== null) {
      group.stop.set(order.stops.stop);
      group.limit.set(order.stops.limit);
    }
  }
  if (order.stops === null) protect(run, group);
  if (isDone) group.order = null;
}

function fillWeight(run: EngineRun, group: PositionGroup, order: WeightOrder, bar: number): void {
  const side = Math.sign(order.weight);
  const [slot] = group.slots;
  assert(slot !== undefined, "a group of a basket has one slot");
  if (!isReadyToEnter(run, group, { ...order, isOtherSide: group.side === -side }, bar)) return;
  const { account } = run;
  const { lots } = account.costs[account.slotInstrument[slot]!]!;
  const held = account.quantity[slot]!;
  const money = order.weight * order.equity;
  const price = orderPrice(account, slot, {
    price: decisionPrice(run, group, slot, bar),
    direction: side,
  });
  order.quantity ??= roundToLots(money / price, lots.quantityStep);
  const isEntry = held === 0;
  if (!isTradable(order.quantity - held, price, lots)) {
    // A change too small for the venue leaves a position as it is; a whole position is refused.
    if (isEntry) refuse(run, group, bar, "below-lot");
    group.order = null;
    return;
  }
  const isDone = tradeTowards(run, group, [order.quantity], bar);
  if (isEntry && !isFlat(account, group)) beginTrade(group, order, { side, bar });
  group.stop[0] = order.stop;
  group.limit[0] = order.limit;
  if (Number.isNaN(order.stop) && Number.isNaN(order.limit)) protect(run, group);
  if (isDone) group.order = null;
  if (!isEntry && isFlat(account, group)) {
    endTrade(run, group, { signalBar: order.signalBar, fillBar: bar, reason: "rebalance" });
  }
}

/** Leaves the other side first; false when the order has to wait, or has been dropped. */
function isReadyToEnter(
  run: EngineRun,
  group: PositionGroup,
  order: { readonly signalBar: number; readonly isOtherSide: boolean },
  bar: number,
): boolean {
  const reason: EventExitReason = "reversal";
  if (order.isOtherSide && !fillLeave(run, group, { signalBar: order.signalBar, reason }, bar)) {
    return false;
  }
  if (group.slots.some((slot) => isDelisted(run, slot, bar))) {
    refuse(run, group, bar, "delisted");
    group.order = null;
    return false;
  }
  // An entry at the last close would be left at the same price, for nothing but its costs.
  const isLast = bar === run.account.bars.openTimeMs.length - 1;
  if (isLast && run.isClosedAtEnd && group.isFilledAtClose && group.side === 0) return false;
  return group.slots.every((slot) => hasBar(run, slot, bar));
}

function beginTrade(
  group: PositionGroup,
  order: Pick<EnterOrder, "signalBar" | "reason">,
  entry: { readonly side: number; readonly bar: number },
): void {
  group.side = entry.side;
  group.isBlocked = false;
  group.entrySignalBar = order.signalBar;
  group.entryFillBar = entry.bar;
  group.entryReason = order.reason;
  group.guardedFromBar = group.isFilledAtClose ? entry.bar + 1 : entry.bar;
}

/** Sets the protective prices of a book's rule, by what the units that its legs hold were entered at on average. */
function protect(run: EngineRun, group: PositionGroup): void {
  const { protection } = run.books[group.book]!.book;
  if (protection === undefined || protection === null) return;
  const { quantity, tallies, costs, slotInstrument } = run.account;
  group.slots.forEach((slot, leg) => {
    if (quantity[slot] === 0) return;
    const { stop, limit } = protectiveLevels(protection, {
      price: tallies.heldCost[slot]! / Math.abs(quantity[slot]!),
      direction: Math.sign(quantity[slot]!),
      priceTick: costs[slotInstrument[slot]!]!.lots.priceTick,
    });
    group.stop[leg] = stop;
    group.limit[leg] = limit;
  });
}

/** Whether everything wanted is held afterwards. */
function tradeTowards(
  run: EngineRun,
  group: PositionGroup,
  wanted: readonly number[],
  bar: number,
): boolean {
  const { account } = run;
  const { quantities, isWhole } = fillableQuantities(run, group, wanted);
  group.slots.forEach((slot, leg) => {
    const quantity = quantities[leg]!;
    if (quantity !== 0) {
      const price = decisionPrice(run, group, slot, bar);
      fillSlot(account, { bar, slot, quantity, price, role: "taker" });
    }
    // Adding what is missing may miss by rounding; leaving must leave nothing.
    if (isWhole) account.quantity[slot] = wanted[leg]!;
  });
  return isWhole;
}

/**
 * What of the units that are missing can be filled in a bar: all, or where the volumes limit a leg as much of each leg
 * as keeps them in proportion, in whole lots. What other orders have taken of the volumes in the bar is gone. Where
 * the part of a leg is less than a lot, nothing is filled, and all of it waits.
 *
 * @param wanted units that a group is to hold, one a slot
 * @returns signed units to trade, one a slot, and whether they are all that is missing
 */
export function fillableQuantities(
  run: EngineRun,
  group: PositionGroup,
  wanted: readonly number[],
): { readonly quantities: readonly number[]; readonly isWhole: boolean } {
  const { account } = run;
  const costsOf = (slot: number): InstrumentCosts => account.costs[account.slotInstrument[slot]!]!;
  const missing = group.slots.map((slot, leg) => wanted[leg]! - account.quantity[slot]!);
  let share = 1;
  group.slots.forEach((slot, leg) => {
    const instrument = account.slotInstrument[slot]!;
    const { slippage } = costsOf(slot);
    const left =
      fillableQuantity(slippage, account.lastVolume[instrument]!) -
      account.filledUnits[instrument]!;
    const fillable = Math.max(left, 0);
    if (Math.abs(missing[leg]!) > fillable) {
      share = Math.min(share, fillable / Math.abs(missing[leg]!));
    }
  });
  if (share === 1) return { quantities: missing, isWhole: true };
  const inLots = (of: number): readonly number[] =>
    group.slots.map((slot, leg) =>
      roundToLots(of * missing[leg]!, costsOf(slot).lots.quantityStep),
    );
  // The leg that loses most by its lots sets the share of the others.
  const common = inLots(share).reduce(
    (least, quantity, leg) =>
      missing[leg] === 0 ? least : Math.min(least, quantity / missing[leg]!),
    share,
  );
  const quantities = inLots(common);
  const isBelowLot = quantities.some((quantity, leg) => quantity === 0 && missing[leg] !== 0);
  return { quantities: isBelowLot ? missing.map(() => 0) : quantities, isWhole: false };
}

function decisionPrice(run: EngineRun, group: PositionGroup, slot: number, bar: number): number {
  const columns = columnsOf(run, slot);
  return group.isFilledAtClose ? columns.close[bar]! : columns.open[bar]!;
}

/** Units of a pair at the prices of its fill; null when a leg is below what its venue takes. */
function fillQuantities(
  run: EngineRun,
  group: PositionGroup,
  order: EnterOrder,
  bar: number,
): readonly number[] | null {
  const [slotY, slotX] = group.slots;
  assert(slotY !== undefined && slotX !== undefined, "a pair has two slots");
  const { side, target, equity, volatility } = order;
  const price = (slot: number, direction: number): number =>
    orderPrice(run.account, slot, { price: decisionPrice(run, group, slot, bar), direction });
  return pairLots(run, group, {
    ...target,
    side,
    priceY: price(slotY, side),
    priceX: price(slotX, -side * Math.sign(target.hedgeRatio)),
    equity,
    volatility,
  });
}

/**
 * Units of a pair in whole lots.
 *
 * @param run its books know the sizing
 * @param group the pair
 * @param input what the size depends on
 * @returns units of both legs; null when a leg that is wanted is below what its venue takes
 */
export function pairLots(
  run: EngineRun,
  group: PositionGroup,
  input: Parameters<typeof pairQuantities>[1],
): readonly [number, number] | null {
  const { rule } = run.books[group.book]!.book.sizing;
  const exact = pairQuantities(rule, input);
  const legY = wholeLots(run, group.slots[0]!, exact.legY, input.priceY);
  const legX = wholeLots(run, group.slots[1]!, exact.legX, input.priceX);
  return legY === null || legY === 0 || legX === null ? null : [legY, legX];
}

function wholeLots(run: EngineRun, slot: number, quantity: number, price: number): number | null {
  const { lots } = run.account.costs[run.account.slotInstrument[slot]!]!;
  // A hedge ratio of zero wants no leg X, which is not a leg that is too small.
  if (quantity === 0) return 0;
  const rounded = roundToLots(quantity, lots.quantityStep);
  return isTradable(rounded, price, lots) ? rounded : null;
}
