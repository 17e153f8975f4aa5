import { CASH_CAUSE, enterCash } from "./cash-ledger.ts";
import { fillSlot } from "./engine-account.ts";
import { fillableQuantities } from "./engine-fills.ts";
import { type EngineRun, endTrade, hasBar, refuse } from "./engine-run.ts";
import type { EventExitReason } from "./event-trade.ts";
import { insideOf, tellsInside } from "./finer-bars.ts";
import type { InstrumentBars } from "./market-bars.ts";
import { isFlat, type PositionGroup } from "./position-group.ts";
import { type ProtectiveExit, protectiveExit } from "./protective-exit.ts";

/**
 * Settles positions in instruments that have ended, at their last close; what is held against them is
 * left at its next fill. No later volume can be waited for: all of it is settled, with the slippage of all.
 *
 * @param run changed
 * @param bar the first bar without the instrument
 */
export function settleDelisted(run: EngineRun, bar: number): void {
  const { account } = run;
  for (const { groups } of run.books) {
    for (const group of groups) {
      const ended = group.slots.filter((slot) => {
        const instrument = account.slotInstrument[slot]!;
        return account.bars.instruments[instrument]!.delistedFromBar === bar;
      });
      if (ended.length === 0) continue;
      if (group.order !== null && group.order.kind !== "leave") refuse(run, group, bar, "delisted");
      group.order = null;
      group.isBlocked = true;
      if (group.side === 0) continue;
      for (const slot of ended) {
        leaveSlot(run, slot, bar, account.mark[account.slotInstrument[slot]!]!);
      }
      leaveTheRest(run, group, { signalBar: bar - 1, fillBar: bar, reason: "delisted" });
    }
  }
}

/**
 * Applies the protective prices of a group inside a bar, on finer bars where they are given.
 *
 * A leg that reaches its stop or limit is filled there (see protectiveExit). The other leg is left at the
 * same moment: at the open when the bar opened beyond a stop, else at the close of the bar, the first
 * price that is certain to come after. What it reaches after an open at which it was left is nothing to it,
 * and beside a stop it is not granted its limit: nobody knows that this came first. Of two limits that one
 * bar reaches, only the one is granted that brings less against leaving that leg at the close. Where the
 * volumes limit a leg, both are left in proportion and the rest waits, as with any other order.
 *
 * @param run changed
 * @param group what is guarded
 * @param bar index
 */
export function exitInside(run: EngineRun, group: PositionGroup, bar: number): void {
  if (group.side === 0 || bar < group.guardedFromBar || !isGuarded(group)) return;
  const whole = { bars: run.account.bars.instruments, at: bar };
  const hits = hitsIn(run, group, bar, whole);
  if (hits === null) return;
  // What the bar does not reach, none of its parts does: they are looked at only to tell what came first.
  const { from, to } = toldInside(run, group, bar);
  for (let at = from; at < to; at++) {
    const part = { bars: run.finer!.bars.instruments, at };
    const hitsOfPart = hitsIn(run, group, bar, part);
    if (hitsOfPart !== null) {
      leaveInside(run, group, bar, { path: part, hits: hitsOfPart });
      return;
    }
  }
  leaveInside(run, group, bar, { path: whole, hits });
}

function isGuarded(group: PositionGroup): boolean {
  for (let leg = 0; leg < group.slots.length; leg++) {
    if (!Number.isNaN(group.stop[leg]!) || !Number.isNaN(group.limit[leg]!)) return true;
  }
  return false;
}

/** A bar, or one of its parts, in which protective prices act. */
type ExitPath = {
  readonly bars: EngineRun["account"]["bars"]["instruments"];
  readonly at: number;
};

/** What each slot of the group reaches. */
type Hits = readonly (ProtectiveExit | null)[];

/**
 * The finer bars that tell the inside of a bar for every leg that is held and has the bar, none of which waits for a
 * part that another has; none otherwise.
 */
function toldInside(
  run: EngineRun,
  group: PositionGroup,
  bar: number,
): { readonly from: number; readonly to: number } {
  const { finer, account } = run;
  const none = { from: 0, to: 0 };
  if (finer === null || group.isFilledAtClose) return none;
  const inside = insideOf(finer, account.bars.openTimeMs, bar);
  const instruments = group.slots
    .filter((slot) => account.quantity[slot] !== 0 && hasBar(run, slot, bar))
    .map((slot) => account.slotInstrument[slot]!);
  const parts = instruments.map((instrument) => finer.bars.instruments[instrument]!);
  const isTold = instruments.every((instrument, i) =>
    tellsInside(account.bars.instruments[instrument]!, bar, parts[i]!, inside),
  );
  return isTold && haveSameParts(parts, inside) ? inside : none;
}

function haveSameParts(
  [first, ...others]: readonly InstrumentBars[],
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  for (let at = from; at < to; at++) {
    const isThere = !Number.isNaN(first!.close[at]!);
    if (others.some(({ close }) => Number.isNaN(close[at]!) === isThere)) return false;
  }
  return true;
}

/** Null where no leg reaches anything. */
function hitsIn(
  run: EngineRun,
  group: PositionGroup,
  bar: number,
  { bars, at }: ExitPath,
): Hits | null {
  const { account } = run;
  let isHit = false;
  const hits = group.slots.map((slot, leg) => {
    const columns = bars[account.slotInstrument[slot]!]!;
    const isThere = hasBar(run, slot, bar) && !Number.isNaN(columns.close[at]!);
    if (account.quantity[slot] === 0 || !isThere) return null;
    const { close, volume } = columns;
    const seen = group.isFilledAtClose
      ? { open: close, high: close, low: close, close, volume }
      : columns;
    const hit = protectiveExit(seen, at, Math.sign(account.quantity[slot]!), {
      stop: group.stop[leg]!,
      limit: group.limit[leg]!,
    });
    isHit ||= hit !== null;
    return hit;
  });
  return isHit ? hits : null;
}

/** Leaves the group where its legs have reached what they did, or begins to. */
function leaveInside(
  run: EngineRun,
  group: PositionGroup,
  bar: number,
  { path, hits }: { readonly path: ExitPath; readonly hits: Hits },
): void {
  const { account } = run;
  const isStop = hits.some((hit) => hit?.kind === "stop");
  const isAtOpen = hits.some((hit) => hit?.isAtOpen === true);
  const { quantities, isWhole } = fillableQuantities(
    run,
    group,
    group.slots.map(() => 0),
  );
  // What leaves already, and has taken all of the volume, goes on leaving.
  if (quantities.every((quantity) => quantity === 0) && isLeaving(group)) return;
  const limitLeg = isStop ? -1 : poorestLimit(run, group, hits, path);
  group.slots.forEach((slot, leg) => {
    const quantity = quantities[leg]!;
    if (quantity === 0) return;
    const hit = hits[leg] ?? null;
    const isGranted = isAtOpen
      ? hit?.isAtOpen === true
      : hit?.kind === "stop" || (hit?.kind === "limit" && leg === limitLeg);
    const own = isGranted ? hit : null;
    const columns = path.bars[account.slotInstrument[slot]!]!;
    const otherPrice =
      isAtOpen && !group.isFilledAtClose ? columns.open[path.at]! : columns.close[path.at]!;
    const price = own?.price ?? otherPrice;
    if (Number.isNaN(price) || !hasBar(run, slot, bar)) return;
    const role = own?.kind === "limit" ? "maker" : "taker";
    fillSlot(account, { bar, slot, quantity, price, role });
  });
  if (!isWhole) {
    // What waits for the volumes of the next bars is an order by now, and no longer guarded.
    group.stop.fill(Number.NaN);
    group.limit.fill(Number.NaN);
  }
  const asked = isReversing(group) ? group.order : null;
  group.isBlocked = true;
  const reason = isStop ? "protective-stop" : "protective-limit";
  leaveTheRest(run, group, { signalBar: bar, fillBar: bar, reason });
  if (asked === null) return;
  if (group.side !== 0) group.protectiveExit ??= { signalBar: bar, reason };
  // The other side was asked for before, and is entered when all of this one has left.
  group.order = asked;
  group.isBlocked = group.slots.length > 1 && group.side !== 0;
}

function isLeaving(group: PositionGroup): boolean {
  return group.order?.kind === "leave" || isReversing(group);
}

/** Whether the side that the group does not hold waits to be entered. */
function isReversing({ order, side }: PositionGroup): boolean {
  if (order === null || order.kind === "leave") return false;
  return side === -(order.kind === "enter" ? order.side : Math.sign(order.weight));
}

/** The leg whose limit brings least, against its close at which it is left instead. */
function poorestLimit(
  { account }: EngineRun,
  { slots }: PositionGroup,
  hits: Hits,
  path: ExitPath,
): number {
  let [poorest, least] = [-1, Number.POSITIVE_INFINITY];
  slots.forEach((slot, leg) => {
    const hit = hits[leg] ?? null;
    if (hit === null) return;
    const close = path.bars[account.slotInstrument[slot]!]!.close[path.at]!;
    const gain = account.quantity[slot]! * (hit.price - close);
    if (gain < least) [poorest, least] = [leg, gain];
  });
  return poorest;
}

/**
 * Leaves everything at the last closes, now, whatever the volumes: liquidation, or the end of the bars. The
 * slippage is that of the whole.
 *
 * @param run changed
 * @param bar index
 * @param reason why
 */
export function leaveAll(run: EngineRun, bar: number, reason: "liquidation" | "end"): void {
  const { account, rules } = run;
  for (const { groups } of run.books) {
    for (const group of groups) {
      group.order = null;
      if (group.side === 0) continue;
      group.isBlocked = true;
      for (const slot of group.slots) {
        const notional = leaveSlot(run, slot, bar, account.mark[account.slotInstrument[slot]!]!);
        if (reason === "liquidation" && rules.margin !== null) {
          const fee = notional * rules.margin.liquidationFeeRate;
          enterCash(account.ledger, bar, slot, CASH_CAUSE.liquidation, -fee);
        }
      }
      endTrade(run, group, { signalBar: bar, fillBar: bar, reason });
    }
  }
}

/** Equity is gone: everything is left at its next fill, and nothing is entered any more. */
export function ruin(run: EngineRun, bar: number): void {
  run.isRuined = true;
  for (const { groups } of run.books) {
    for (const group of groups) {
      group.order = group.side === 0 ? null : { kind: "leave", signalBar: bar, reason: "ruin" };
    }
  }
}

function leaveSlot(run: EngineRun, slot: number, bar: number, price: number): number {
  const quantity = -run.account.quantity[slot]!;
  if (quantity === 0) return 0;
  return fillSlot(run.account, { bar, slot, quantity, price, role: "taker" });
}

/** Ends the trade, or asks for the legs that could not be left with the others. */
function leaveTheRest(
  run: EngineRun,
  group: PositionGroup,
  exit: { readonly signalBar: number; readonly fillBar: number; readonly reason: EventExitReason },
): void {
  group.order = null;
  if (isFlat(run.account, group)) {
    endTrade(run, group, exit);
    return;
  }
  group.order = { kind: "leave", signalBar: exit.signalBar, reason: exit.reason };
}
